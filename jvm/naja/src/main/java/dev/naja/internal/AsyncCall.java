package dev.naja.internal;

import dev.naja.PyObject;
import dev.naja.PyRef;
import dev.naja.PythonConversionException;
import dev.naja.PythonException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A call of a coroutine function: how does its result come to Java, and a cancellation to Python?
 *
 * <p>Python's event loop gets this object in place of the future and calls one of its public
 * methods. So the result comes by reference and is read as that of any other call, by a reader.
 *
 * @param <T> the type of the result
 */
public final class AsyncCall<T> {
  private final CompletableFuture<T> future = new CompletableFuture<>();
  private final Reader<T> reader;
  private volatile boolean ended;

  private AsyncCall(Reader<T> reader) {
    this.reader = reader;
  }

  /**
   * Starts a call on Python's event loop.
   *
   * @param <T> the type of the result
   * @param callable a coroutine function
   * @param arguments positional arguments
   * @param named keyword arguments
   * @param reader takes the result
   * @return what completes with the result
   * @throws PythonConversionException if an argument cannot cross
   * @throws IllegalStateException if the callable or an argument is closed
   */
  public static <T> CompletableFuture<T> start(
      PyObject callable, Object[] arguments, Map<String, ?> named, Reader<T> reader) {
    AsyncCall<T> call = new AsyncCall<>(reader);
    PyObject cancel;
    try {
      cancel =
          PythonFunction.CALL_ASYNC.call(
              Operations.BY_REFERENCE, callable, arguments, named, PyRef.of(call));
    } catch (PythonConversionException e) {
      throw e;
    } catch (PythonException e) {
      return CompletableFuture.failedFuture(e);
    }
    call.future.whenComplete((result, failure) -> call.over(cancel));
    return call.future;
  }

  /** Whoever ended the future, if it was not Python, Python need not go on. */
  private void over(PyObject cancel) {
    try (cancel) {
      if (!ended) {
        Operations.call(cancel, 0, new Object[0], Map.of(), Operations.NOTHING);
      }
    }
  }

  /**
   * Ends the call with its result. For Python.
   *
   * @param result what the coroutine returned
   * @return whether the call was still open
   */
  public boolean complete(PyObject result) {
    ended = true;
    try (result) {
      return future.complete(Operations.value(result, reader));
    } catch (RuntimeException e) {
      return future.completeExceptionally(e);
    }
  }

  /**
   * Ends the call with what was raised. For Python.
   *
   * @param failure the exception
   * @return whether the call was still open
   */
  public boolean completeExceptionally(Throwable failure) {
    ended = true;
    return future.completeExceptionally(failure);
  }

  /**
   * Ends the call as cancelled. For Python.
   *
   * @param interrupt without effect
   * @return whether the call is cancelled now
   */
  public boolean cancel(boolean interrupt) {
    ended = true;
    return future.cancel(interrupt);
  }
}
