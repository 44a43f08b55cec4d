package dev.naja.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Which of the names that there are does a wrong name mean? */
final class NearNames {
  private NearNames() {}

  static List<String> of(String wrong, Collection<String> names) {
    List<String> near = new ArrayList<>();
    for (String name : names) {
      if (name.equalsIgnoreCase(wrong) && near.size() < 3) {
        near.add(name);
      }
    }
    return near;
  }
}
