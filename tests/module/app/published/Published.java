package app.published;

import java.util.List;

/** Visible to everybody. */
public interface Published {
  double eval(double x);

  List<Double> echo(List<Double> values);
}
