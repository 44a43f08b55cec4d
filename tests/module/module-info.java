/** A user's module, with a package of each kind of visibility. */
module app {
  requires dev.naja;

  exports app.published;

  opens app.opened to
      dev.naja;
}
