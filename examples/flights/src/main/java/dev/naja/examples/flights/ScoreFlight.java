package dev.naja.examples.flights;

import dev.naja.PyObject;
import dev.naja.Python;
import dev.naja.PythonConfig;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * Scores each flight with the Python model, which every subtask loads for itself in {@code open()}.
 *
 * <p>Writes {@code id,probability}, the probability with all the digits that tell it from its
 * neighbours.
 */
class ScoreFlight extends RichMapFunction<Flight, String> {
  /** The accumulator that counts the flights scored so far. */
  static final String SCORED = "scored";

  /** The accumulator of {@link EvalTimes}, complete once the subtask has closed. */
  static final String EVAL_TIMES = "eval times";

  private static final long serialVersionUID = 1;

  private final String python;
  private final String modules;
  private final String modelFile;

  private transient PyObject pyModel;
  private transient DelayModel model;
  private transient LongCounter scored;
  private transient EvalTimes times;

  /**
   * @param python the executable of the interpreter or of the venv
   * @param modules the directory that {@code delay_model.py} lies in
   * @param modelFile what {@code train.py} wrote
   */
  ScoreFlight(String python, String modules, String modelFile) {
    this.python = python;
    this.modules = modules;
    this.modelFile = modelFile;
  }

  @Override
  public void open(OpenContext context) {
    // The first subtask starts CPython; the others join it.
    Python interpreter = Python.start(PythonConfig.of(python).withPath(modules));
    pyModel = interpreter.module("delay_model").attr("Model").call(modelFile);
    model = pyModel.bind(DelayModel.class);
    scored = getRuntimeContext().getLongCounter(SCORED);
    times = new EvalTimes();
    getRuntimeContext().addAccumulator(EVAL_TIMES, times);
  }

  @Override
  public String map(Flight flight) {
    long start = System.nanoTime();
    double probability =
        model.eval(
            flight.carrier,
            flight.origin,
            flight.dest,
            flight.date,
            flight.scheduledDeparture,
            flight.scheduledArrival,
            flight.departureDelay,
            flight.distance);
    times.record(System.nanoTime() - start);
    scored.add(1);
    return flight.id + "," + probability;
  }

  @Override
  public void close() {
    if (pyModel != null) {
      pyModel.close();
    }
  }
}
