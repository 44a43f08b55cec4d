package dev.naja.examples.network;

import dev.naja.DType;
import dev.naja.NdArray;
import dev.naja.PyObject;
import dev.naja.Python;
import dev.naja.PythonConfig;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/** Scores rows by a neural network, in batches that lie in one buffer which is filled anew. */
public final class Score {
  private static final int ROWS = 65_536;
  private static final int[] BATCHES = {1, 4, 16, 64, 256, 1024, 4096};

  private Score() {}

  public static void main(String[] args) {
    Python python = Python.start(PythonConfig.of().withPath("."));
    long start = System.nanoTime();
    PyObject object = python.module("model").attr("Model").invoke();
    System.out.printf("%s, network trained in %.1f s%n", object.attr("library"), seconds(start));
    Model model = object.bind(Model.class);

    List<NdArray> samples = model.samples(ROWS);
    NdArray features = samples.get(0);
    check(model, features, samples.get(1).toFloatArray());

    float[] rows = features.toFloatArray();
    int width = (int) features.shape()[1];
    System.out.printf("%n%10s %12s %14s%n", "batch", "us a batch", "rows/s");
    for (int batch : BATCHES) {
      score(model, rows, width, batch);
      double seconds = score(model, rows, width, batch);
      System.out.printf(
          "%,10d %,12.1f %,14.0f%n", batch, 1e6 * seconds * batch / ROWS, ROWS / seconds);
    }
  }

  /** Scores all rows; gives the seconds that it took, filling of the buffer included. */
  private static double score(Model model, float[] rows, int width, int batch) {
    ByteBuffer memory = ByteBuffer.allocateDirect(batch * width * Float.BYTES);
    FloatBuffer floats = memory.order(ByteOrder.nativeOrder()).asFloatBuffer();
    long start = System.nanoTime();
    try (NdArray features = NdArray.wrap(memory, DType.FLOAT32, batch, width)) {
      for (int from = 0; from < rows.length; from += batch * width) {
        floats.clear();
        floats.put(rows, from, batch * width);
        try (NdArray scores = model.score(features)) {
          use(scores.getDouble(batch - 1, 0));
        }
      }
    }
    return seconds(start);
  }

  private static void use(double score) {
    require(score >= 0 && score <= 1, "a score is no probability");
  }

  /** The library must say what NumPy says, and be right nearly always. */
  private static void check(Model model, NdArray features, float[] classes) {
    float[] scores = model.score(features).toFloatArray();
    float[] expected = model.expected(features).toFloatArray();
    double difference = 0;
    int right = 0;
    for (int i = 0; i < ROWS; i++) {
      difference = Math.max(difference, Math.abs(scores[i] - expected[i]));
      right += (scores[i] > 0.5f) == (classes[i] == 1) ? 1 : 0;
    }
    System.out.printf(
        "%,d unseen rows: %.1f %% right, at most %.0e from plain NumPy%n",
        ROWS, 100.0 * right / ROWS, difference);
    require(
        difference < 1e-4 && right > 0.95 * ROWS, "the network does not do what it was made for");
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new AssertionError(message);
    }
  }
}
