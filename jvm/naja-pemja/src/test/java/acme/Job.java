package acme;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import pemja.core.PythonInterpreter;
import pemja.core.PythonInterpreterConfig;

/** What a class loader of its own runs in a test. */
public final class Job {

  /** What a job keeps of a customer; there are customers of customers. */
  public static final class Customer {
    public final String name;
    private final List<Customer> referred = new ArrayList<>();
    private final Map<String, Map<String, Double>> scores = new HashMap<>();

    Customer(String name) {
      this.name = name;
    }

    public List<Customer> getReferred() {
      return referred;
    }

    public Map<String, Map<String, Double>> getScores() {
      return scores;
    }
  }

  /**
   * Hands a graph of objects and a map of maps to Python, whose worker threads read and change them
   * and whose code finds the job's classes by their names.
   *
   * @return what Python made of it
   */
  public static String agents() {
    Customer root = new Customer("root");
    for (String name : List.of("a", "b", "c")) {
      Customer customer = new Customer(name);
      customer.getScores().put("risk", new HashMap<>(Map.of(name, 0.5)));
      root.getReferred().add(customer);
    }
    Map<String, Map<String, Object>> settings =
        new HashMap<>(Map.of("model", new HashMap<>(Map.of("factor", 4L))));
    PythonInterpreterConfig config = PythonInterpreterConfig.newBuilder().build();
    try (PythonInterpreter interpreter = new PythonInterpreter(config)) {
      interpreter.exec(
          "from concurrent.futures import ThreadPoolExecutor\n"
              + "from pemja import findClass\n"
              + "def score(customer, settings):\n"
              + "  risk = customer.getScores()['risk']\n"
              + "  risk[customer.name] *= settings['model']['factor']\n"
              + "  assert isinstance(customer, Customer)\n"
              + "  return customer.name, risk[customer.name]\n"
              + "def run(root, settings):\n"
              + "  global Customer\n"
              + "  Customer = findClass('acme.Job$Customer')\n"
              + "  with ThreadPoolExecutor(3) as pool:\n"
              + "    futures = [pool.submit(score, c, settings) for c in root.getReferred()]\n"
              + "    return str(dict(f.result() for f in futures))");
      Object said = interpreter.invoke("run", root, settings);
      return said + " " + root.getReferred().get(2).getScores();
    }
  }

  /** Calls Python, which calls this class and finds it by its name. */
  public static String run(String name) {
    PythonInterpreterConfig config = PythonInterpreterConfig.newBuilder().build();
    try (PythonInterpreter interpreter = new PythonInterpreter(config)) {
      interpreter.exec(
          "from pemja import findClass\n"
              + "def call(host, rows):\n"
              + "  Job = findClass('acme.Job')\n"
              + "  assert isinstance(host, Job)\n"
              + "  rows.append(host.twice((1, object())))\n"
              + "  return Job.greet(rows[0])");
      List<Object> rows = new ArrayList<>(List.of(name));
      Object greeting = interpreter.invoke("call", new Job(), rows);
      return greeting + " " + rows.size();
    }
  }

  public static String greet(String name) {
    return "hello " + name;
  }

  public Object twice(Object value) {
    return new Object[] {value, value};
  }
}
