package dev.naja.internal;

import dev.naja.PyObject;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Who gives a Python object back? A handle is one strong reference to a Python object: it ends with
 * {@link #close}, or when the garbage collector finds that nobody has it any more.
 *
 * <p>There is no {@link java.lang.ref.Cleaner}, whose thread would reach this class, and by it the
 * class loader, for as long as a static field somewhere keeps a handle. Collected handles wait in a
 * queue instead, and whoever makes or closes the next handle gives them back.
 *
 * <p>Safe for use by any thread. Who passes {@link #value} down to native code keeps the handle
 * reachable until that returns.
 */
public final class Handle {
  private static final ReferenceQueue<Handle> COLLECTED = new ReferenceQueue<>();

  private static volatile boolean tracing;

  private final long value;
  private final Owner owner;
  private volatile boolean closed;

  /**
   * Takes a handle over from native code.
   *
   * @param value its number
   */
  public Handle(long value) {
    this.value = value;
    this.owner = tracing ? new TracedOwner(this, value) : new Owner(this, value);
    owner.join();
    giveBackCollected();
  }

  /**
   * The number that native code knows the handle by.
   *
   * @throws IllegalStateException if the handle is closed
   */
  public long value() {
    if (closed) {
      throw new IllegalStateException(
          "This Python object is closed: close() was called on it, and its reference given back."
              + " Close an object after its last use.");
    }
    return value;
  }

  /** Whether {@link #close} was called. */
  public boolean isClosed() {
    return closed;
  }

  /** Gives the reference back. Twice is harmless. */
  public void close() {
    giveBack();
    giveBackCollected();
  }

  /** Gives the reference back, and no others. */
  void giveBack() {
    closed = true;
    owner.giveBack();
  }

  /** Gives back the handles that were collected so far, and those whose memory was. */
  static void giveBackCollected() {
    MemoryOwner.giveBackCollected();
    for (Object owner = COLLECTED.poll(); owner != null; owner = COLLECTED.poll()) {
      ((Owner) owner).giveBack();
    }
  }

  /** From now on each handle remembers where it was made. */
  static void trace() {
    tracing = true;
  }

  /** What owns the handles that are live now, the latest first. Keeps no handle alive. */
  static List<Owner> owners() {
    List<Owner> owners = new ArrayList<>();
    synchronized (Owner.LOCK) {
      for (Owner owner = Owner.first; owner != null; owner = owner.next) {
        owners.add(owner);
      }
    }
    return owners;
  }

  /** What is left of a handle when it is collected: a link of the list of all handles. */
  static class Owner extends PhantomReference<Handle> {
    private static final Object LOCK = new Object();
    private static Owner first;

    final long value;
    private boolean givenBack;
    private Owner previous;
    private Owner next;

    Owner(Handle handle, long value) {
      super(handle, COLLECTED);
      this.value = value;
    }

    final void join() {
      synchronized (LOCK) {
        next = first;
        if (first != null) {
          first.previous = this;
        }
        first = this;
      }
    }

    /** The stack that made the handle, if that was traced. */
    List<StackTraceElement> created() {
      return List.of();
    }

    final void giveBack() {
      synchronized (LOCK) {
        if (givenBack) {
          return;
        }
        givenBack = true;
        if (previous == null) {
          first = next;
        } else {
          previous.next = next;
        }
        if (next != null) {
          next.previous = previous;
        }
      }
      clear();
      Native.release(value);
    }
  }

  /** What also remembers where the handle was made. */
  private static final class TracedOwner extends Owner {
    private static final String INTERNALS = Handle.class.getPackageName() + ".";

    private final StackTraceElement[] stack = new Throwable().getStackTrace();

    TracedOwner(Handle handle, long value) {
      super(handle, value);
    }

    @Override
    List<StackTraceElement> created() {
      int own = 0;
      while (own < stack.length && isOwn(stack[own].getClassName())) {
        own++;
      }
      return List.of(Arrays.copyOfRange(stack, own, stack.length));
    }

    private static boolean isOwn(String name) {
      return name.startsWith(INTERNALS) || name.startsWith(PyObject.class.getName());
    }
  }
}
