package dev.naja.examples.hello;

import dev.naja.PyObject;
import dev.naja.Python;
import dev.naja.PythonConfig;
import java.util.Map;

/** Calls the class {@code Model} of {@code fraud.py}, which lies in the working directory. */
public class Hello {

  interface Scorer {
    double eval(double amount, String merchant);
  }

  public static void main(String[] args) {
    Python python = Python.start(PythonConfig.of().withPath("."));
    PyObject model = python.module("fraud").attr("Model").call(Map.of("acme", 20.0));
    Scorer scorer = model.bind(Scorer.class);
    System.out.printf("an ordinary payment: %.3f%n", scorer.eval(12.5, "acme"));
    System.out.printf("a large payment:     %.3f%n", scorer.eval(9000.0, "acme"));
  }
}
