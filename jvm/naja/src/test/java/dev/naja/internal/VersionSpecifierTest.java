package dev.naja.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.naja.PythonStartException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Demands on Python's version. */
class VersionSpecifierTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        ">=3.10; 3.10.0; true",
        ">=3.10; 3.9.18; false",
        ">=3.9,<3.13; 3.12.7; true",
        ">=3.9, < 3.13; 3.13.0; false",
        "==3.11.*; 3.11.7; true",
        "==3.1.*; 3.11.7; false",
        "!=3.11.*; 3.11.7; false",
        "==3.11; 3.11.0; true",
        "==3.11; 3.11.7; false",
        "===3.11.7; 3.11.7; true",
        "!=3.11.7; 3.11.8; true",
        ">3.11; 3.11.7; true",
        ">3.11.7; 3.11.7; false",
        "<=3.11.7; 3.11.7; true",
        "<=3.11; 3.11.7; false",
        "~=3.9.2; 3.9.18; true",
        "~=3.9.2; 3.9.1; false",
        "~=3.9.2; 3.10.0; false",
        "~=3.9; 3.13.0; true",
        "~=3.9; 4.0.0; false",
        ">=3; 3.9.0; true"
      })
  void clausesAreThoseOfPep440(String specifier, String version, boolean admitted) {
    assertEquals(admitted, VersionSpecifier.admits(specifier, version));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.10", ">=3.x", "=>3.10", ">=3.10,", "~=3", ">=3.10.*", "", "latest"})
  void whatCannotBeReadIsNamed(String specifier) {
    PythonStartException refused =
        assertThrows(
            PythonStartException.class, () -> VersionSpecifier.admits(specifier, "3.11.7"));
    assertTrue(refused.getMessage().contains('"' + specifier + '"'), refused.getMessage());
  }
}
