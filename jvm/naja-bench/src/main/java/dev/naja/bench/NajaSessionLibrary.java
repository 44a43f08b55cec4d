package dev.naja.bench;

import dev.naja.Session;

/** naja inside a session: the GIL is held for the whole run of calls. */
final class NajaSessionLibrary extends NajaLibrary {

  private Session session;

  @Override
  public void enter() {
    session = python.session();
  }

  @Override
  public void leave() {
    session.close();
  }
}
