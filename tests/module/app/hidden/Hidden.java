package app.hidden;

/** Public in a package that nobody else sees. */
public interface Hidden {
  double eval(double x);
}
