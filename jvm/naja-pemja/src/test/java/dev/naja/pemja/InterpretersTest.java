package dev.naja.pemja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pemja.core.PythonException;
import pemja.core.PythonInterpreter;
import pemja.core.PythonInterpreterConfig;
import pemja.core.PythonInterpreterConfig.ExecType;

/** Several interpreters beside each other, and several threads in one. */
class InterpretersTest {

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void eachHasItsOwnGlobals(ExecType type) {
    try (PythonInterpreter one = Interpreters.open(type);
        PythonInterpreter other = Interpreters.open(type)) {
      one.exec("a = 1");
      assertNull(other.get("a"));
      assertEquals(1L, one.get("a"));
    }
  }

  @Test
  void threadsShareModules() throws IOException {
    Files.writeString(folder.resolve("shared_module.py"), "count = 0");
    try (PythonInterpreter one = Interpreters.open(folder);
        PythonInterpreter other = Interpreters.open()) {
      one.exec("import shared_module\nshared_module.count += 1");
      other.exec("import shared_module\nshared_module.count += 1\nn = shared_module.count");
      assertEquals(2L, other.get("n"));
    }
  }

  @Test
  void subInterpretersHaveTheirOwnModulesOfOneName() throws IOException {
    Path a = Files.createDirectory(folder.resolve("a"));
    Path b = Files.createDirectory(folder.resolve("b"));
    for (Path each : List.of(a, b)) {
      Files.writeString(
          each.resolve("job.py"),
          "import json, pickle, dataclasses\nfrom collections import namedtuple\n"
              + "name = '"
              + each.getFileName()
              + "'\n"
              + "count = 0\n"
              + "@dataclasses.dataclass\nclass Row:\n  n: int\n"
              + "def bump():\n  global count\n  count += 1\n  return count\n"
              + "def copied():\n  return pickle.loads(pickle.dumps(Row(7))) == Row(7)\n");
    }
    try (PythonInterpreter one = Interpreters.open(ExecType.SUB_INTERPRETER, a);
        PythonInterpreter other = Interpreters.open(ExecType.SUB_INTERPRETER, b);
        PythonInterpreter again = Interpreters.open(ExecType.SUB_INTERPRETER, a);
        PythonInterpreter shared = Interpreters.open()) {
      for (PythonInterpreter each : List.of(one, other, again)) {
        each.exec(
            "import job, sys, json, logging\nfirst, mine = sys.path[0], sys.modules['job'].name");
        each.exec("import typing, re, decimal, datetime, threading, random, asyncio, importlib");
        assertEquals(true, each.invoke("job.copied"));
      }
      assertEquals("a", one.get("mine"));
      assertEquals("b", other.get("mine"));
      assertEquals(1L, one.invoke("job.bump"));
      assertEquals(2L, one.invoke("job.bump"));
      assertEquals(1L, again.invoke("job.bump"));
      assertEquals(a.toString(), one.get("first"));
      assertEquals(b.toString(), other.get("first"));
      one.exec("json.marked = True\nimportlib.import_module('textwrap').marked = True");
      other.exec("import textwrap\nm = hasattr(json, 'marked') or hasattr(textwrap, 'marked')");
      assertEquals(false, other.get("m"));
      shared.exec("import json, sys\nm = hasattr(json, 'marked') or 'job' in sys.modules");
      assertEquals(false, shared.get("m"));
      assertEquals("[1]", one.invoke("json.dumps", (Object) new Object[] {1}));
    }
  }

  @Test
  void valuesOfSubInterpretersCrossAsThoseOfOthers() {
    try (PythonInterpreter interpreter = Interpreters.open(ExecType.SUB_INTERPRETER)) {
      interpreter.exec(
          "import datetime, decimal\nfrom pemja import findClass\n"
              + "d, n = datetime.date(2026, 2, 28), decimal.Decimal('1.5')\n"
              + "l = findClass('java.util.ArrayList')([(1, 2)])[0]\n"
              + "from java.util import HashMap\nh = HashMap().size()");
      assertEquals(java.sql.Date.valueOf("2026-02-28"), interpreter.get("d"));
      assertEquals(new java.math.BigDecimal("1.5"), interpreter.get("n"));
      assertEquals(2L, ((Object[]) interpreter.get("l"))[1]);
      assertEquals(0L, interpreter.get("h"));
    }
  }

  @Test
  void aSubInterpreterNamesWhatIsWrittenInC() {
    try (PythonInterpreter shared = Interpreters.open();
        PythonInterpreter own = Interpreters.open(ExecType.SUB_INTERPRETER)) {
      shared.exec("import importlib.util as u\nthere = u.find_spec('numpy') is not None");
      assumeTrue((boolean) shared.get("there"), () -> "numpy is not in this Python");
      PythonException refused = assertThrows(PythonException.class, () -> own.exec("import numpy"));
      StringBuilder all = new StringBuilder(refused.getMessage());
      for (Throwable e = refused.getCause(); e != null; e = e.getCause()) {
        all.append('\n').append(e.getMessage());
      }
      assertTrue(
          all.toString()
              .matches(
                  "(?s).*numpy[.\\w]* is written in C \\(.*a process has one of it: a"
                      + " SUB_INTERPRETER, whose modules are its own, cannot import it\\. Use"
                      + " ExecType\\.MULTI_THREAD.*"),
          all::toString);
    }
  }

  @Test
  void atexitOfASubInterpreterRunsAtItsEnd() {
    List<Object> ran = new ArrayList<>();
    try (PythonInterpreter interpreter = Interpreters.open(ExecType.SUB_INTERPRETER)) {
      interpreter.set("ran", ran);
      interpreter.exec("import atexit\natexit.register(ran.add, 1)\natexit.register(ran.add, 2)");
      assertEquals(List.of(), ran);
    }
    assertEquals(List.of(2L, 1L), ran);
  }

  @ParameterizedTest
  @EnumSource
  void anyThreadMayUseAnInterpreter(ExecType type) throws Exception {
    int threads = 8;
    int calls = 500;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (PythonInterpreter interpreter = Interpreters.open(type)) {
      interpreter.exec(
          "def add(x): return x + 1\ndef mul(x): return x * 2\nclass C:\n  def m(self, x): return x"
              + "\nc = C()");
      CyclicBarrier start = new CyclicBarrier(threads);
      List<Future<Long>> sums = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int own = thread;
        sums.add(
            pool.submit(
                () -> {
                  start.await();
                  long sum = 0;
                  for (int i = 0; i < calls; i++) {
                    sum += (Long) interpreter.invoke(own % 2 == 0 ? "add" : "mul", i);
                    sum += (Long) interpreter.invokeMethod("c", "m", i);
                    interpreter.set("v" + own, i);
                    sum += (Long) interpreter.get("v" + own);
                  }
                  return sum;
                }));
      }
      long triple = 3L * calls * (calls - 1) / 2;
      for (int thread = 0; thread < threads; thread++) {
        long more = thread % 2 == 0 ? calls : (long) calls * (calls - 1) / 2;
        assertEquals(triple + more, sums.get(thread).get(60, TimeUnit.SECONDS));
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void anInterpreterIsMadeOnOneThreadAndClosedOnAnother() throws Exception {
    PythonInterpreter[] made = new PythonInterpreter[1];
    Thread maker = new Thread(() -> made[0] = Interpreters.with("a = 1"));
    maker.start();
    maker.join();
    assertEquals(1L, made[0].get("a"));
    Thread closer = new Thread(made[0]::close);
    closer.start();
    closer.join();
    assertThrows(IllegalStateException.class, () -> made[0].get("a"));
  }

  @Test
  void relativePathsAreUnderTheWorkingDirectoryWhichStays() throws IOException {
    Files.createDirectory(folder.resolve("lib"));
    Files.writeString(folder.resolve("lib/of_working_directory.py"), "x = 5");
    String before = System.getProperty("user.dir");
    PythonInterpreterConfig config =
        PythonInterpreterConfig.newBuilder()
            .setWorkingDirectory(folder.toString())
            .addPythonPaths("lib:")
            .build();
    try (PythonInterpreter interpreter = new PythonInterpreter(config)) {
      interpreter.exec("import of_working_directory as m, os\nx, cwd = m.x, os.getcwd()");
      assertEquals(5L, interpreter.get("x"));
      assertEquals(before, interpreter.get("cwd"));
    }
  }

  @Test
  void anotherPythonInOneProcessIsRefused() {
    try (PythonInterpreter first = Interpreters.open()) {
      PythonInterpreterConfig config =
          PythonInterpreterConfig.newBuilder().setPythonExec("/no/such/python").build();
      assertTrue(
          assertThrows(dev.naja.PythonStartException.class, () -> new PythonInterpreter(config))
              .getMessage()
              .contains("/no/such/python"));
    }
  }
}
