package dev.naja.bench;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import pemja.core.PythonInterpreter;
import pemja.core.PythonInterpreterConfig;

/** PEMJA: functions are called by name, in an interpreter that belongs to this thread. */
final class PemjaLibrary implements Library, Workloads {

  private final PythonInterpreter interpreter =
      new PythonInterpreter(
          PythonInterpreterConfig.newBuilder()
              .setPythonExec(Setting.PYTHON.value())
              .addPythonPaths(Setting.PATH.value(), Setting.PACKAGES.value())
              .build());

  PemjaLibrary() {
    interpreter.exec("from workloads import *");
  }

  @Override
  public Workloads workloads() {
    return this;
  }

  @Override
  public ArrayWorkloads arrays() {
    interpreter.exec("from arrays import *");
    return values -> (double) interpreter.invoke("total", (Object) values);
  }

  @Override
  public void close() {
    interpreter.close();
  }

  @Override
  public double half(double x) {
    return (double) interpreter.invoke("half", x);
  }

  @Override
  public String upper(String text) {
    return (String) interpreter.invoke("upper", text);
  }

  @Override
  public double row10(
      long a,
      long b,
      long c,
      double x,
      double y,
      double z,
      String s,
      String t,
      String u,
      boolean flag) {
    return (double) interpreter.invoke("row10", a, b, c, x, y, z, s, t, u, flag);
  }

  @Override
  @SuppressWarnings("unchecked")
  public List<Double> samples(List<Double> values) {
    return (List<Double>) interpreter.invoke("samples", values);
  }

  @Override
  @SuppressWarnings("unchecked")
  public Map<String, Long> counters(Map<String, Long> counts) {
    return (Map<String, Long>) interpreter.invoke("counters", new Object[] {counts});
  }

  @Override
  public long length(byte[] data) {
    return (long) interpreter.invoke("length", data);
  }

  @Override
  public double callback(DoubleUnaryOperator operator, int times) {
    return (double) interpreter.invoke("callback", operator, times);
  }

  @Override
  public long arraylist(Object list, int times) {
    return (long) interpreter.invoke("arraylist", list, times);
  }

  @Override
  public void pause(double seconds) {
    interpreter.invoke("pause", seconds);
  }
}
