package dev.naja.bench;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.jpy.PyLib;
import org.jpy.PyModule;
import org.jpy.PyObject;

/** jpy: functions are called by name on the module, arrays through Python's buffer protocol. */
final class JpyLibrary implements Library, Workloads {

  private final PyModule module;

  JpyLibrary() {
    String packages = Setting.PACKAGES.value();
    System.setProperty("jpy.pythonLib", Setting.LIBPYTHON.value());
    System.setProperty("jpy.jpyLib", library(packages, "jpy"));
    System.setProperty("jpy.jdlLib", library(packages, "jdl"));
    PyLib.startPython(Setting.PATH.value(), packages);
    module = PyModule.importModule("workloads");
  }

  private static String library(String packages, String name) {
    return packages + "/" + name + ".cpython-311-x86_64-linux-gnu.so";
  }

  @Override
  public Workloads workloads() {
    return this;
  }

  @Override
  public ArrayWorkloads arrays() {
    PyModule arrays = PyModule.importModule("arrays");
    return values -> {
      try (PyObject result = arrays.call("total", (Object) values)) {
        return result.getDoubleValue();
      }
    };
  }

  private double callDouble(String function, Object... arguments) {
    try (PyObject result = module.call(function, arguments)) {
      return result.getDoubleValue();
    }
  }

  private long callLong(String function, Object... arguments) {
    try (PyObject result = module.call(function, arguments)) {
      return result.getLongValue();
    }
  }

  private <T> T callObject(Class<T> type, String function, Object argument) {
    try (PyObject result = module.call(function, argument)) {
      return type.cast(result.getObjectValue());
    }
  }

  @Override
  public double half(double x) {
    return callDouble("half", x);
  }

  @Override
  public String upper(String text) {
    try (PyObject result = module.call("upper", text)) {
      return result.getStringValue();
    }
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
    return callDouble("row10", a, b, c, x, y, z, s, t, u, flag);
  }

  @Override
  @SuppressWarnings("unchecked")
  public List<Double> samples(List<Double> values) {
    return callObject(List.class, "samples", values);
  }

  @Override
  @SuppressWarnings("unchecked")
  public Map<String, Long> counters(Map<String, Long> counts) {
    return callObject(Map.class, "counters", counts);
  }

  @Override
  public long length(byte[] data) {
    return callLong("length", (Object) data);
  }

  @Override
  public double callback(DoubleUnaryOperator operator, int times) {
    return callDouble("callback", operator, times);
  }

  @Override
  public long arraylist(Object list, int times) {
    return callLong("arraylist", list, times);
  }

  @Override
  public void pause(double seconds) {
    module.call("pause", seconds).close();
  }
}
