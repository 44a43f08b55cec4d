package dev.naja.bench;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import jep.JepConfig;
import jep.MainInterpreter;
import jep.SharedInterpreter;
import jep.python.PyCallable;

/** Jep: a shared interpreter of this thread, each function resolved once to a callable. */
final class JepLibrary implements Library, Workloads {

  static {
    String packages = Setting.PACKAGES.value();
    MainInterpreter.setJepLibraryPath(packages + "/jep/libjep.so");
    SharedInterpreter.setConfig(new JepConfig().addIncludePaths(Setting.PATH.value(), packages));
  }

  private final SharedInterpreter interpreter = new SharedInterpreter();
  private final PyCallable half;
  private final PyCallable upper;
  private final PyCallable row10;
  private final PyCallable samples;
  private final PyCallable counters;
  private final PyCallable length;
  private final PyCallable callback;
  private final PyCallable arraylist;
  private final PyCallable pause;

  JepLibrary() {
    interpreter.exec("from workloads import *");
    half = function("half");
    upper = function("upper");
    row10 = function("row10");
    samples = function("samples");
    counters = function("counters");
    length = function("length");
    callback = function("callback");
    arraylist = function("arraylist");
    pause = function("pause");
  }

  private PyCallable function(String name) {
    return interpreter.getValue(name, PyCallable.class);
  }

  @Override
  public Workloads workloads() {
    return this;
  }

  @Override
  public ArrayWorkloads arrays() {
    interpreter.exec("from arrays import *");
    PyCallable total = function("total");
    return values -> total.callAs(Double.class, (Object) values);
  }

  @Override
  public void close() {
    interpreter.close();
  }

  @Override
  public double half(double x) {
    return half.callAs(Double.class, x);
  }

  @Override
  public String upper(String text) {
    return upper.callAs(String.class, text);
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
    return row10.callAs(Double.class, a, b, c, x, y, z, s, t, u, flag);
  }

  @Override
  @SuppressWarnings("unchecked")
  public List<Double> samples(List<Double> values) {
    return samples.callAs(List.class, values);
  }

  @Override
  @SuppressWarnings("unchecked")
  public Map<String, Long> counters(Map<String, Long> counts) {
    return counters.callAs(Map.class, new Object[] {counts});
  }

  @Override
  public long length(byte[] data) {
    return length.callAs(Long.class, data);
  }

  @Override
  public double callback(DoubleUnaryOperator operator, int times) {
    return callback.callAs(Double.class, operator, times);
  }

  @Override
  public long arraylist(Object list, int times) {
    return arraylist.callAs(Long.class, list, times);
  }

  @Override
  public void pause(double seconds) {
    pause.call(seconds);
  }
}
