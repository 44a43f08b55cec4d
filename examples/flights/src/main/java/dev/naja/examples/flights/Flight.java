package dev.naja.examples.flights;

import java.time.LocalDate;

/** What is known of one flight at departure: a line of the job's input. */
public class Flight {
  public long id;
  public String carrier;
  public String origin;
  public String dest;
  public LocalDate date;
  public int scheduledDeparture;
  public int scheduledArrival;

  /** Minutes, or null where the flight has not left. */
  public Double departureDelay;

  public double distance;

  /**
   * Reads the line {@code id,carrier,origin,dest,date,departure,arrival,delay,distance}, in which
   * nothing is quoted and only the delay may be empty.
   */
  static Flight parse(String line) {
    String[] fields = line.split(",", -1);
    Flight flight = new Flight();
    flight.id = Long.parseLong(fields[0]);
    flight.carrier = fields[1];
    flight.origin = fields[2];
    flight.dest = fields[3];
    flight.date = LocalDate.parse(fields[4]);
    flight.scheduledDeparture = Integer.parseInt(fields[5]);
    flight.scheduledArrival = Integer.parseInt(fields[6]);
    flight.departureDelay = fields[7].isEmpty() ? null : Double.valueOf(fields[7]);
    flight.distance = Double.parseDouble(fields[8]);
    return flight;
  }
}
