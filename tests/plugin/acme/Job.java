package acme;

import dev.naja.Namespace;
import dev.naja.Python;
import java.util.concurrent.Callable;

/** What a user's job does in a class loader of its own: has Python use the classes beside it. */
public final class Job implements Callable<String> {
  @Override
  public String call() {
    try (Namespace namespace = Python.start().namespace()) {
      namespace.exec(
          "import builtins\n"
              + "from acme import Secret\n"
              + "assert Secret().applied(lambda x: 2 * x) == 42\n"
              + "assert [kind.name() for kind in Secret.Kind] == ['OPEN', 'SHUT']\n"
              // Types alone, and no instance: an enum's constant would be one.
              + "builtins.naja_test_kept = [Secret, Secret.Kind]");
      boolean own = namespace.evalAs(Class.class, "Secret.class_") == Secret.class;
      return (own ? "own" : "foreign") + " " + namespace.eval("Secret.made");
    }
  }
}
