package dev.naja.internal;

import dev.naja.PythonPanicException;
import dev.naja.PythonTimeoutException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * What does a first call need besides Python? The natives on disk and dozens of classes, which take
 * as long as CPython takes to be found and to start. So a thread extracts the ones and loads the
 * others meanwhile, by doing what a call does in Java, and ends.
 */
final class FirstCall implements Runnable {
  private final CountDownLatch ready = new CountDownLatch(1);

  private FirstCall() {}

  /** Begins to load the classes, while the caller begins to start CPython. */
  static FirstCall prepare() {
    FirstCall call = new FirstCall();
    Thread thread = new Thread(null, call, "naja-first-call", 0, false);
    thread.setDaemon(true);
    thread.start();
    return call;
  }

  /**
   * Waits for the classes that every call needs. The caller uses none of them earlier, so that no
   * two threads initialize them in different orders.
   */
  void await() {
    boolean interrupted = false;
    while (true) {
      try {
        ready.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void run() {
    try {
      NativeLoader.prepare();
      load();
      call();
    } finally {
      ready.countDown();
    }
    // Nobody waits for these: they do not need each other to be initialized.
    BoundClass.write(BoundInterface.bound(Sample.class), Sample.class.getName() + "$$Naja");
  }

  /** Loads what the caller needs next, which is the caller's to initialize. */
  private static Class<?>[] load() {
    return new Class<?>[] {
      OwnClasses.class,
      Upcalls.class,
      Native.class,
      PythonTimeoutException.class,
      PythonPanicException.class,
      UnframedResult.class,
      PythonFunction.class,
      Handle.class,
      Handle.Owner.class,
      MemoryOwner.class,
    };
  }

  private static void call() {
    CallFrame frame = CallFrame.acquire();
    try {
      frame.putValue(List.of("text", 1.5));
      frame.rewind();
      frame.get(Operations.BY_DEFAULT);
    } finally {
      frame.release();
    }
    References.get();
  }

  /** An interface as somebody might bind it. */
  interface Sample {
    double call(double number, String text);
  }
}
