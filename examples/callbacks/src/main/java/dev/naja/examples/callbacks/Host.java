package dev.naja.examples.callbacks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** What a job lends to the models that it runs: counters, state, a register, a client, events. */
public final class Host {
  private final Map<String, LongAdder> counters = new ConcurrentHashMap<>();
  private final Map<String, Double> spent = new HashMap<>();
  private final Map<String, Double> limits = Map.of("acme", 50.0, "globex", 5_000.0);
  private final Map<String, Double> rates = Map.of("EUR", 1.0, "USD", 0.875, "GBP", 1.125);
  private final List<AlertListener> listeners = new CopyOnWriteArrayList<>();

  public LongAdder counter(String name) {
    return counters.computeIfAbsent(name, any -> new LongAdder());
  }

  public Map<String, LongAdder> counters() {
    return new TreeMap<>(counters);
  }

  /** What has been spent so far, by merchant. */
  public Map<String, Double> spent() {
    return spent;
  }

  public double limit(String merchant) throws UnknownMerchantException {
    Double limit = limits.get(merchant);
    if (limit == null) {
      throw new UnknownMerchantException(merchant);
    }
    return limit;
  }

  /** What a unit of a currency is in euros, from a slow service. */
  public CompletableFuture<Double> rate(String currency) {
    return CompletableFuture.supplyAsync(
        () -> rates.get(currency), CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS));
  }

  public void listen(AlertListener listener) {
    listeners.add(listener);
  }

  public List<AlertListener> listeners() {
    return List.copyOf(listeners);
  }

  public void alert(Payment payment, String reason) {
    listeners.forEach(listener -> listener.onAlert(payment, reason));
  }
}
