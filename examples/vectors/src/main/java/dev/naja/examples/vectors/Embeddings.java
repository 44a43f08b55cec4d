package dev.naja.examples.vectors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.SplittableRandom;

/** Vectors as an encoder of sentences makes them: of length 1, some topics close to each other. */
final class Embeddings {
  static final int DIMENSIONS = 128;

  private static final int TOPICS = 1_000;

  private final SplittableRandom random = new SplittableRandom(7);
  private final float[][] topics = new float[TOPICS][];

  Embeddings() {
    for (int i = 0; i < TOPICS; i++) {
      topics[i] = around(new float[DIMENSIONS]);
    }
  }

  /** A direct buffer of so many vectors, one after the other. */
  ByteBuffer fill(int count) {
    ByteBuffer memory = ByteBuffer.allocateDirect(count * DIMENSIONS * Float.BYTES);
    FloatBuffer floats = memory.order(ByteOrder.nativeOrder()).asFloatBuffer();
    for (int i = 0; i < count; i++) {
      floats.put(around(topics[random.nextInt(TOPICS)]));
    }
    return memory;
  }

  /** A vector near another one. */
  float[] around(float[] center) {
    float[] vector = new float[DIMENSIONS];
    double squares = 0;
    for (int i = 0; i < DIMENSIONS; i++) {
      vector[i] = center[i] + (random.nextInt() >> 8) * 0x1p-26f;
      squares += vector[i] * vector[i];
    }
    float scale = (float) (1 / Math.sqrt(squares));
    for (int i = 0; i < DIMENSIONS; i++) {
      vector[i] *= scale;
    }
    return vector;
  }
}
