package scenarios;

import dev.naja.Namespace;
import dev.naja.PyObject;
import dev.naja.Python;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleUnaryOperator;

/** What happens when many threads call Python, or Python has threads of its own? */
public final class Threads {
  /** Runs a task and gives its thread. */
  private interface Starter {
    Thread start(Runnable task) throws ReflectiveOperationException;
  }

  private Threads() {}

  public static void main(String[] arguments) throws Exception {
    Python python = Python.start();
    String argument = arguments.length > 1 ? arguments[1] : "";
    switch (arguments[0]) {
      case "many":
        many(python, Integer.parseInt(argument), Threads::platform);
        break;
      case "turns":
        turns(python);
        break;
      case "virtual":
        many(python, Integer.parseInt(argument), Threads::virtual);
        break;
      case "short-lived":
        shortLived(python, Integer.parseInt(argument));
        break;
      case "overlap":
        overlap(python);
        break;
      case "release":
        release(python, argument);
        break;
      case "beside":
        beside(python);
        break;
      case "callbacks":
        callbacks(python, Integer.parseInt(argument));
        break;
      case "rendezvous":
        rendezvous(python);
        break;
      default:
        throw new IllegalArgumentException(arguments[0]);
    }
  }

  /** Eight threads that start together and call functions of several shapes. */
  private static void many(Python python, int calls, Starter starter) throws Exception {
    Namespace namespace = python.namespace();
    namespace.exec("def half(x): return x / 2\ndef join(*args): return '-'.join(map(str, args))");
    PyObject join = namespace.get("join", PyObject.class);
    DoubleUnaryOperator half =
        namespace.get("half", PyObject.class).bind(DoubleUnaryOperator.class);
    CyclicBarrier together = new CyclicBarrier(8);
    List<Integer> right =
        all(
            8,
            starter,
            number -> {
              together.await();
              int good = 0;
              for (int i = 0; i < calls; i++) {
                boolean halved = half.applyAsDouble(2.0 * i) == i;
                boolean joined =
                    i % 10 != 0
                        || join.callAs(String.class, number, i, List.of("é🐍"))
                            .equals(number + "-" + i + "-['é🐍']");
                good += halved && joined ? 1 : 0;
              }
              return good;
            });
    System.out.println(right);
  }

  /** Four threads that do nothing but short calls: the least share, and the longest wait. */
  private static void turns(Python python) throws Exception {
    DoubleUnaryOperator half =
        python
            .namespace()
            .evalAs(PyObject.class, "lambda x: x / 2")
            .bind(DoubleUnaryOperator.class);
    CyclicBarrier together = new CyclicBarrier(4);
    AtomicLong longest = new AtomicLong();
    List<Long> calls =
        all(
            4,
            Threads::platform,
            number -> {
              half.applyAsDouble(1);
              together.await();
              long before = System.nanoTime();
              long end = before + 2_000_000_000L;
              long count = 0;
              while (before < end) {
                half.applyAsDouble(1);
                count++;
                long now = System.nanoTime();
                longest.accumulateAndGet(now - before, Math::max);
                before = now;
              }
              return count;
            });
    long sum = calls.stream().mapToLong(Long::longValue).sum();
    System.out.println("least " + 100 * Collections.min(calls) / sum);
    System.out.println("longest " + longest.get() / 1_000_000);
  }

  /** Threads that call once and end; Python counts those whose thread state is gone. */
  private static void shortLived(Python python, int count) throws Exception {
    Namespace namespace = python.namespace();
    namespace.exec(
        "import threading\n"
            + "local, gone = threading.local(), []\n"
            + "class Mark:\n"
            + "    def __del__(self): gone.append(1)\n"
            + "def touch(x):\n"
            + "    local.mark = Mark()\n"
            + "    return x");
    DoubleUnaryOperator touch =
        namespace.get("touch", PyObject.class).bind(DoubleUnaryOperator.class);
    int batch = 50;
    long before = 0;
    for (int i = 0; i < count / batch; i++) {
      all(batch, Threads::platform, number -> touch.applyAsDouble(number));
      if (i == count / batch / 5) {
        before = Resident.kilobytes();
      }
    }
    // A Java thread is over for join() a little before its native thread is.
    for (int i = 0; i < 200 && namespace.evalAs(int.class, "len(gone)") < count; i++) {
      Thread.sleep(50);
    }
    System.out.println("gone " + namespace.eval("len(gone)"));
    System.out.println("grown " + (Resident.kilobytes() - before));
  }

  /** Four calls are in Python at once, or the barrier inside Python breaks. */
  private static void overlap(Python python) throws Exception {
    Namespace namespace = python.namespace();
    namespace.exec(
        "import threading, time\n"
            + "barrier = threading.Barrier(4)\n"
            + "lock, inside, most = threading.Lock(), 0, 0\n"
            + "def meet(x):\n"
            + "    barrier.wait(60)\n"
            + "    return x\n"
            + "def sleep(x):\n"
            + "    global inside, most\n"
            + "    with lock:\n"
            + "        inside += 1\n"
            + "        most = max(most, inside)\n"
            + "    time.sleep(1)\n"
            + "    with lock: inside -= 1\n"
            + "    return x");
    for (String name : new String[] {"meet", "sleep"}) {
      DoubleUnaryOperator function =
          namespace.get(name, PyObject.class).bind(DoubleUnaryOperator.class);
      System.out.println(
          name + " " + all(4, Threads::platform, number -> function.applyAsDouble(number)));
    }
    System.out.println("asleep at once " + namespace.eval("most"));
  }

  /** While one thread is in a single C call, another one calls Python all the time. */
  private static void release(Python python, String work) throws Exception {
    Namespace namespace = python.namespace();
    namespace.exec(
        "import time\n"
            + "ticks = []\n"
            + "def tick(x):\n"
            + "    ticks.append(time.perf_counter())\n"
            + "    return x\n"
            + work
            + "\ndef timed(x):\n"
            + "    start = time.perf_counter()\n"
            + "    work()\n"
            + "    end = time.perf_counter()\n"
            + "    margin = (end - start) / 4\n"
            + "    return sum(start + margin < tick < end - margin for tick in ticks)");
    DoubleUnaryOperator tick =
        namespace.get("tick", PyObject.class).bind(DoubleUnaryOperator.class);
    PyObject timed = namespace.get("timed", PyObject.class);
    AtomicBoolean over = new AtomicBoolean();
    Thread ticking =
        platform(
            () -> {
              while (!over.get()) {
                tick.applyAsDouble(0);
              }
            });
    System.out.println("ticks " + timed.callAs(int.class, 0));
    over.set(true);
    ticking.join();
  }

  /** Threads of Python count while Java's threads call. */
  private static void beside(Python python) throws Exception {
    Namespace namespace = python.namespace();
    namespace.exec(
        "import threading\n"
            + "counts, over = [0, 0], threading.Event()\n"
            + "def count(which):\n"
            + "    while not over.is_set(): counts[which] += 1\n"
            + "threads = [threading.Thread(target=count, args=(which,)) for which in (0, 1)]\n"
            + "for thread in threads: thread.start()\n"
            + "def seen(x): return min(counts)\n");
    PyObject seen = namespace.get("seen", PyObject.class);
    List<Boolean> advanced =
        all(
            4,
            Threads::platform,
            number -> {
              long first = seen.callAs(long.class, 0);
              long last = first;
              while (last < first + 1000) {
                last = seen.callAs(long.class, 0);
              }
              return true;
            });
    namespace.exec("over.set()\nfor thread in threads: thread.join()");
    System.out.println(advanced);
  }

  /**
   * Python iterates over elements that Java gets from Python, three levels deep, on four threads.
   */
  private static void callbacks(Python python, int count) throws Exception {
    Namespace namespace = python.namespace();
    namespace.exec("def total(elements): return sum(elements)");
    PyObject total = namespace.get("total", PyObject.class);
    System.out.println(all(4, Threads::platform, number -> total(total, count, 3)));
  }

  private static long total(PyObject total, int count, int depth) {
    Iterator<Long> elements =
        new Iterator<>() {
          private int left = count;

          @Override
          public boolean hasNext() {
            return left > 0;
          }

          @Override
          public Long next() {
            left--;
            return depth == 1 ? 1L : total(total, count, depth - 1);
          }
        };
    return total.callAs(long.class, elements);
  }

  /** Java that Python called waits for a thread that calls Python. */
  private static void rendezvous(Python python) throws Exception {
    Namespace namespace = python.namespace();
    namespace.exec("def first(elements): return next(elements)\ndef double(x): return 2 * x");
    PyObject twice = namespace.get("double", PyObject.class);
    Callable<Long> other =
        () -> all(1, Threads::platform, x -> twice.callAs(long.class, 21)).get(0);
    Iterator<Long> waiting =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public Long next() {
            try {
              return other.call();
            } catch (Exception e) {
              throw new AssertionError(e);
            }
          }
        };
    System.out.println(namespace.get("first", PyObject.class).callAs(long.class, waiting));
  }

  /** A function of a thread's number. */
  private interface Numbered<R> {
    R apply(int number) throws Exception;
  }

  private static <R> List<R> all(int count, Starter starter, Numbered<R> task) throws Exception {
    List<FutureTask<R>> tasks = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      FutureTask<R> future = new FutureTask<>(() -> task.apply(number));
      tasks.add(future);
      threads.add(starter.start(future));
    }
    List<R> results = new ArrayList<>(Collections.nCopies(count, null));
    for (int i = 0; i < count; i++) {
      try {
        results.set(i, tasks.get(i).get());
      } catch (ExecutionException e) {
        throw new AssertionError("thread " + i, e.getCause());
      }
      threads.get(i).join();
    }
    return results;
  }

  private static Thread platform(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** JDK 21 and later. */
  private static Thread virtual(Runnable task) throws ReflectiveOperationException {
    return (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
  }
}
