package dev.naja.flink.runtime;

import java.lang.reflect.Field;
import org.apache.flink.api.common.functions.RuntimeContext;

/**
 * Where do asynchronous functions find the files of the distributed cache? Flink gives them a
 * runtime context that refuses to tell, in front of one that does.
 */
final class AsyncFiles {

  private AsyncFiles() {}

  /**
   * The context behind that of an asynchronous function.
   *
   * @param context what the function was given
   * @return the operator's
   * @throws UnsupportedOperationException if it cannot be had
   */
  static RuntimeContext behind(RuntimeContext context) {
    return of(context, "runtimeContext");
  }

  /**
   * The context behind what an object keeps in a field.
   *
   * @param object Flink's
   * @param name the field
   * @return the operator's context
   * @throws UnsupportedOperationException if it cannot be had
   */
  static RuntimeContext of(Object object, String name) {
    try {
      Field field = object.getClass().getDeclaredField(name);
      field.setAccessible(true);
      RuntimeContext found = (RuntimeContext) field.get(object);
      return found.getClass().getSimpleName().equals("RichAsyncFunctionRuntimeContext")
          ? behind(found)
          : found;
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new UnsupportedOperationException(
          "This version of Flink lets no asynchronous function see the job's files: name directories"
              + " that are on every machine in 'python.pythonpath' instead.",
          e);
    }
  }
}
