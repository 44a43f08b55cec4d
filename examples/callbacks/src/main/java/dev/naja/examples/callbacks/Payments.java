package dev.naja.examples.callbacks;

import dev.naja.PyObject;
import dev.naja.PyRef;
import dev.naja.Python;
import dev.naja.PythonConfig;
import java.util.List;

/** Runs the class {@code Screen} of {@code screen.py}, which lies in the working directory. */
public class Payments {

  /** What Java wants of the model. */
  interface Screen {
    String check(Payment payment);
  }

  public static void main(String[] args) throws Exception {
    Host host = new Host();
    List<Payment> payments =
        List.of(
            new Payment("acme", 30.0, "EUR"),
            new Payment("globex", 400.0, "USD"),
            new Payment("acme", 40.0, "GBP"),
            new Payment("initech", 9.0, "EUR"));

    Python python = Python.start(PythonConfig.of().withPath("."));
    PyObject model = python.module("screen").attr("Screen").invoke(host);
    Screen screen = model.bind(Screen.class);
    for (Payment payment : payments) {
      System.out.printf("%-20s %s%n", payment, screen.check(payment));
    }

    System.out.println("spent:     " + host.spent());
    System.out.println("counters:  " + host.counters());
    // By reference, so that Python has Java's list and its streams.
    List<String> largest = model.attr("largest").call(PyRef.of(payments), 2);
    System.out.println("largest:   " + largest);
    System.out.println("in euros:  " + model.attr("in_euros").callAsync(payments).get());
    for (AlertListener listener : host.listeners()) {
      System.out.println(listener.name() + ":     " + listener);
    }
  }
}
