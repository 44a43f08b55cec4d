package dev.naja.examples.callbacks;

/** A payment as the host has it: no value that crosses by itself, so Python calls its methods. */
public final class Payment {
  private final String merchant;
  private final double amount;
  private final String currency;

  public Payment(String merchant, double amount, String currency) {
    this.merchant = merchant;
    this.amount = amount;
    this.currency = currency;
  }

  public String merchant() {
    return merchant;
  }

  public double amount() {
    return amount;
  }

  public String currency() {
    return currency;
  }

  @Override
  public String toString() {
    return amount + " " + currency + " at " + merchant;
  }
}
