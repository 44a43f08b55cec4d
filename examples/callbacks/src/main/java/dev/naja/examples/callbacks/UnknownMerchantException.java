package dev.naja.examples.callbacks;

/** There is no such merchant; caught in Python. */
public class UnknownMerchantException extends Exception {
  private static final long serialVersionUID = 1;

  private final String merchant;

  public UnknownMerchantException(String merchant) {
    super("no merchant " + merchant);
    this.merchant = merchant;
  }

  public String merchant() {
    return merchant;
  }
}
