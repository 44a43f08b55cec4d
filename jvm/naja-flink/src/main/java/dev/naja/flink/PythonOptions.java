package dev.naja.flink;

import static org.apache.flink.configuration.ConfigOptions.key;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;

/**
 * The options of Python functions: of {@code LOAD MODULE naja WITH (...)}, of tables and models
 * with naja's connector and provider, and of Flink's configuration. Those that PyFlink has too mean
 * the same.
 */
public final class PythonOptions {
  /** Which interpreter. */
  public static final ConfigOption<String> EXECUTABLE =
      key("python.executable")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "The Python interpreter, a venv's or conda environment's as well, by its path on every"
                  + " machine, or inside of one of 'python.archives'. Without it NAJA_PYTHON,"
                  + " VIRTUAL_ENV, CONDA_PREFIX and python3 on PATH are tried.");

  /** Which interpreter while the job is planned. */
  public static final ConfigOption<String> CLIENT_EXECUTABLE =
      key("python.client.executable")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "The Python interpreter that is asked what the functions are, where the job is"
                  + " submitted. Without it 'python.executable' counts there too.");

  /** The job's own Python code. */
  public static final ConfigOption<String> FILES =
      key("python.files")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Python files, packages, directories and zip archives, with commas between them, that are shipped with the job and"
                  + " importable in it alone.");

  /** What is unpacked beside the job's code. */
  public static final ConfigOption<String> ARCHIVES =
      key("python.archives")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Archives (zip, tar, tgz), with commas between them, that are shipped with the job and unpacked, 'archive#name' to"
                  + " a directory of that name; a packed venv or conda environment, or model files.");

  /** Where else modules lie. */
  public static final ConfigOption<String> PYTHON_PATH =
      key("python.pythonpath")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Directories on every machine, with commas between them, whose modules are importable in the job.");

  /** What is installed for the job. */
  public static final ConfigOption<String> REQUIREMENTS =
      key("python.requirements")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "A requirements file, installed by pip for the job alone; 'requirements.txt#wheels'"
                  + " takes the packages from that directory and never from the network.");

  /** The functions of a module. */
  public static final ConfigOption<String> FUNCTIONS =
      key("functions")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "The functions that SQL sees, with commas between them: references such as 'fraud.score'"
                  + " or 'fraud:Model.eval', called by their last name, or 'name=reference'. A"
                  + " function that does not say what it returns is told: 'fraud.score -> DOUBLE'.");

  /** What becomes of a call that failed. */
  public static final ConfigOption<FailurePolicy> ON_ERROR =
      key("python.on-error")
          .enumType(FailurePolicy.class)
          .defaultValue(FailurePolicy.FAIL)
          .withDescription(
              "What becomes of a record for which Python raises: 'FAIL' fails the task, 'NULL' gives"
                  + " NULL, 'SIDE_OUTPUT' sends it to the side output of failures (DataStream).");

  /** How long a call may take. */
  public static final ConfigOption<Duration> TIMEOUT =
      key("python.timeout")
          .durationType()
          .noDefaultValue()
          .withDescription(
              "How long one call may take before it is interrupted and counts as failed.");

  /** How many rows a batch has at most. */
  public static final ConfigOption<Integer> BATCH_SIZE =
      key("python.batch.size")
          .intType()
          .defaultValue(2048)
          .withDescription("How many rows a batch of a vectorized function has at most.");

  /** How long a row waits for its batch. */
  public static final ConfigOption<Duration> BATCH_DELAY =
      key("python.batch.delay")
          .durationType()
          .defaultValue(Duration.ofMillis(5))
          .withDescription("How long a row waits at most until its batch is run.");

  private PythonOptions() {}
}
