package dev.naja.examples.vectors;

import dev.naja.DType;
import dev.naja.NdArray;
import dev.naja.PyObject;
import dev.naja.Python;
import dev.naja.PythonConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the nearest of a million vectors, which Java fills and NumPy searches: one memory, never
 * copied. Then draws what a copy and a list would have cost.
 */
public final class Search {
  private static final int COUNT = 1_000_000;
  private static final int HITS = 10;
  private static final int QUERIES = 20;

  /** What Java wants of {@code search.Index}. */
  interface Index {
    /** Row numbers, int64, and the cosines that belong to them, float32. */
    List<NdArray> nearest(NdArray query, int count);
  }

  private Search() {}

  public static void main(String[] args) throws IOException {
    Python python = Python.start(PythonConfig.of().withPath("."));
    PyObject module = python.module("search");
    Embeddings embeddings = new Embeddings();

    long start = System.nanoTime();
    ByteBuffer memory = embeddings.fill(COUNT);
    System.out.printf(
        "%,d vectors of %d float32, %d MB, filled by Java in %.1f s%n",
        COUNT, Embeddings.DIMENSIONS, memory.capacity() >> 20, seconds(start));

    start = System.nanoTime();
    NdArray vectors = NdArray.wrap(memory, DType.FLOAT32, COUNT, Embeddings.DIMENSIONS);
    Index index = module.attr("Index").invoke(vectors).bind(Index.class);
    System.out.printf("in NumPy's hands after %.2f ms%n", 1e3 * seconds(start));

    FloatBuffer floats = memory.order(ByteOrder.nativeOrder()).asFloatBuffer();
    float[] query = embeddings.around(row(floats, 123_456));
    check(floats, query, index);
    seeWrites(floats, query, index);

    start = System.nanoTime();
    for (int i = 0; i < QUERIES; i++) {
      index.nearest(NdArray.of(embeddings.around(row(floats, 1_000 * i))), HITS);
    }
    double each = seconds(start) / QUERIES;
    System.out.printf(
        "%d searches: %.0f ms each, %.1f GB/s read%n",
        QUERIES, 1e3 * each, memory.capacity() / each / 1e9);

    new Transfers(python, module.attr("arrive"), vectors).measure();
  }

  /** Searches, and proves by Java's own arithmetic that nothing nearer was missed. */
  private static void check(FloatBuffer floats, float[] query, Index index) {
    List<NdArray> hits = index.nearest(NdArray.of(query), HITS);
    long[] rows = hits.get(0).toLongArray();
    float[] cosines = hits.get(1).toFloatArray();
    System.out.printf("nearest: %s%ncosines: %s%n", Arrays.toString(rows), text(cosines));
    float[] exact = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      exact[i] = dot(row(floats, i), query);
    }
    for (int i = 0; i < HITS; i++) {
      require(Math.abs(exact[(int) rows[i]] - cosines[i]) < 1e-5, "a cosine differs");
    }
    int nearer = 0;
    for (float cosine : exact) {
      nearer += cosine > cosines[HITS - 1] + 1e-5 ? 1 : 0;
    }
    require(nearer < HITS, "a nearer vector was missed");
    System.out.println("the same as by Java's own arithmetic");
  }

  /** What Java writes is found at once: the memory is one. */
  private static void seeWrites(FloatBuffer floats, float[] query, Index index) {
    floats.position(0);
    floats.put(query);
    long found = index.nearest(NdArray.of(query), 1).get(0).getLong(0);
    require(found == 0, "a vector that Java has written was not found");
    System.out.println("vector 0 overwritten by Java and found");
  }

  private static float[] row(FloatBuffer floats, int row) {
    float[] vector = new float[Embeddings.DIMENSIONS];
    floats.position(row * Embeddings.DIMENSIONS);
    floats.get(vector);
    return vector;
  }

  private static float dot(float[] one, float[] other) {
    float sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }

  private static String text(float[] cosines) {
    StringBuilder text = new StringBuilder();
    for (float cosine : cosines) {
      text.append(String.format("%.3f ", cosine));
    }
    return text.toString().trim();
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
