package dev.naja;

import static dev.naja.SameValue.assertSameValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;

/** What holds for every value, not for samples: it crosses unchanged, or not at all. */
class ConversionPropertyTest {
  private static final long MICROS_A_DAY = 24 * 60 * 60 * 1_000_000L;
  private static final long YEARS = LocalDate.of(9999, 12, 31).toEpochDay();

  private static final Namespace NAMESPACE =
      TestPython.namespace(
          """
          import datetime, decimal, random, struct, uuid
          from zoneinfo import ZoneInfo

          def echo(value):
              return value

          def bits(value):
              return struct.unpack("<q", struct.pack("<d", value))[0]

          def scalar(rng):
              kind = rng.randrange(14)
              if kind == 0:
                  return None
              if kind == 1:
                  return rng.random() < 0.5
              if kind == 2:
                  return rng.getrandbits(rng.randrange(1, 300)) - rng.getrandbits(64)
              if kind == 3:
                  return struct.unpack("<d", struct.pack("<Q", rng.getrandbits(64)))[0]
              if kind == 4:
                  return rng.choice((0.0, -0.0, float("inf"), float("nan"), 5e-324))
              if kind == 5:
                  most = rng.choice((0x80, 0x100, 0x10000, 0x110000))
                  text = [chr(rng.randrange(most)) for _ in range(rng.randrange(80))]
                  # With low surrogates among them, two could be a pair.
                  return "".join(c for c in text if not "\\udc00" <= c <= "\\udfff")
              if kind == 6:
                  return bytes(rng.getrandbits(8) for _ in range(rng.choice((0, 3, 2000))))
              if kind == 7:
                  digits = tuple(rng.randrange(10) for _ in range(rng.randrange(1, 40)))
                  sign = rng.randrange(2) if any(digits) else 0
                  return decimal.Decimal((sign, digits, rng.randrange(-50, 50)))
              if kind == 8:
                  return uuid.UUID(int=rng.getrandbits(128))
              if kind == 9:
                  return datetime.date.fromordinal(rng.randrange(1, 3652060))
              if kind == 10:
                  return datetime.timedelta(rng.randrange(-999999999, 999999999), 0, rng.getrandbits(30))
              moment = datetime.datetime.min + datetime.timedelta(rng.randrange(2, 3652050), 0, rng.getrandbits(36))
              if kind == 11:
                  return moment
              if kind == 12:
                  return moment.time()
              return moment.replace(tzinfo=datetime.timezone(datetime.timedelta(seconds=rng.randrange(-64800, 64801))))

          def value(rng, depth):
              kind = rng.randrange(8)
              if depth == 0 or kind < 4:
                  return scalar(rng)
              values = [value(rng, depth - 1) for _ in range(rng.randrange(5))]
              if kind == 4:
                  return values
              if kind == 5:
                  return tuple(values)
              if kind == 6:
                  return {rng.getrandbits(70) - rng.getrandbits(70) for _ in range(rng.randrange(5))}
              return {str(rng.getrandbits(10)): value for value in values}

          def made(seed):
              return value(random.Random(seed), 4)

          def same(a, b):
              if type(a) is not type(b):
                  return False
              if isinstance(a, (list, tuple)):
                  return len(a) == len(b) and all(map(same, a, b))
              if isinstance(a, dict):
                  return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
              if isinstance(a, float):
                  return repr(a) == repr(b)
              if isinstance(a, (decimal.Decimal, datetime.datetime)):
                  return repr(a) == repr(b)
              return a == b
          """);

  private static final PyObject ECHO = NAMESPACE.get("echo", PyObject.class);
  private static final PyObject MADE = NAMESPACE.get("made", PyObject.class);
  private static final PyObject SAME = NAMESPACE.get("same", PyObject.class);
  private static final PyObject BITS = NAMESPACE.get("bits", PyObject.class);

  @Property
  void javaValueComesBackAsItWas(@ForAll("values") Object value) {
    assertSameValue(value, ECHO.call(new Object[] {value}));
  }

  @Property
  void pythonValueComesBackAsItWas(@ForAll long seed) {
    try (PyObject original = MADE.callAs(PyObject.class, seed)) {
      Object inJava = original.as(Object.class);
      assertTrue(SAME.callAs(boolean.class, original, inJava), () -> original.repr());
    }
  }

  @Property
  void doubleKeepsEveryBit(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    long expected = Double.isNaN(value) ? quiet(bits) : bits;
    assertEquals(expected, quiet(BITS.callAs(long.class, value)));
    assertEquals(expected, quiet(Double.doubleToRawLongBits(ECHO.callAs(double.class, value))));
  }

  /** The bits of a number, with the quiet bit set if it is NaN: processors may set it. */
  private static long quiet(long bits) {
    return Double.isNaN(Double.longBitsToDouble(bits)) ? bits | 1L << 51 : bits;
  }

  @Property
  void textKeepsEveryCodeUnit(@ForAll("texts") String text) {
    assertEquals(text, ECHO.callAs(String.class, text));
    assertEquals(
        text.codePointCount(0, text.length()), TestPython.get().of(text).length(), "code points");
  }

  @Property
  void longIsIntExactlyOrRefused(@ForAll long value) {
    if ((int) value == value) {
      assertEquals((int) value, ECHO.callAs(int.class, value));
    } else {
      assertThrows(PythonConversionException.class, () -> ECHO.callAs(int.class, value));
    }
  }

  @Property
  void longIsDoubleExactlyOrRefused(@ForAll long value) {
    if (new BigDecimal((double) value).equals(BigDecimal.valueOf(value))) {
      assertEquals((double) value, ECHO.callAs(double.class, value));
    } else {
      assertThrows(PythonConversionException.class, () -> ECHO.callAs(double.class, value));
    }
  }

  @Property
  void doubleIsLongExactlyOrRefused(@ForAll("doubles") double value) {
    if (value == Math.rint(value) && value >= -0x1p63 && value < 0x1p63) {
      assertEquals((long) value, ECHO.callAs(long.class, value));
    } else {
      assertThrows(PythonConversionException.class, () -> ECHO.callAs(long.class, value));
    }
  }

  @Property
  void doubleIsFloatExactlyOrRefused(@ForAll("doubles") double value) {
    if ((float) value == value || Double.isNaN(value)) {
      assertEquals((float) value, ECHO.callAs(float.class, value));
    } else {
      assertThrows(PythonConversionException.class, () -> ECHO.callAs(float.class, value));
    }
  }

  @Property
  void arrayOfFractionsComesBackAsItWas(
      @ForAll @Size(max = 300) double[] doubles, @ForAll float[] floats) {
    assertSameValue(doubles, ECHO.callAs(double[].class, doubles));
    assertSameValue(floats, ECHO.callAs(float[].class, floats));
  }

  @Property
  void arrayOfIntegersComesBackAsItWas(@ForAll long[] longs, @ForAll int[] ints) {
    assertSameValue(longs, ECHO.callAs(long[].class, longs));
    assertSameValue(ints, ECHO.callAs(int[].class, ints));
  }

  @Property
  void arrayOfSmallPrimitivesComesBackAsItWas(@ForAll short[] shorts, @ForAll char[] chars) {
    assertSameValue(shorts, ECHO.callAs(short[].class, shorts));
    assertSameValue(chars, ECHO.callAs(char[].class, chars));
  }

  @Property
  void arrayOfBytesComesBackAsItWas(
      @ForAll boolean[] booleans, @ForAll @Size(max = 3000) byte[] bytes) {
    assertSameValue(booleans, ECHO.callAs(boolean[].class, booleans));
    assertSameValue(bytes, ECHO.callAs(byte[].class, bytes));
  }

  @Property
  void momentInAZoneComesBackAsItWas(@ForAll("moments") ZonedDateTime moment) {
    assertEquals(moment, ECHO.call(moment));
  }

  @Provide
  Arbitrary<Double> doubles() {
    return Arbitraries.oneOf(
        Arbitraries.longs().map(Double::longBitsToDouble),
        Arbitraries.longs().map(value -> (double) value),
        Arbitraries.integers().map(value -> value / 4.0));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ascii().ofMaxLength(200),
        Arbitraries.strings().withCharRange('\0', '\u00FF').ofMaxLength(200),
        Arbitraries.strings().withCharRange('\0', '\uFFFF').ofMaxLength(200),
        Arbitraries.strings().withCharRange('\uD7FF', '\uE000').ofMaxLength(20),
        Arbitraries.strings().ascii().ofMinLength(4090).ofMaxLength(9000),
        Arbitraries.strings().ofMinLength(4090).ofMaxLength(5000));
  }

  @Provide
  Arbitrary<ZonedDateTime> moments() {
    return Arbitraries.longs()
        .between(-700_000 * MICROS_A_DAY, (YEARS - 1) * MICROS_A_DAY)
        .flatMap(
            micros ->
                Arbitraries.of(
                        "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe")
                    .map(
                        zone ->
                            dateTime(micros)
                                .atZone(ZoneOffset.UTC)
                                .withZoneSameInstant(ZoneId.of(zone))));
  }

  @Provide
  Arbitrary<Object> values() {
    return value(3);
  }

  private Arbitrary<Object> value(int depth) {
    if (depth == 0) {
      return scalar();
    }
    Arbitrary<Object> element = Arbitraries.lazy(() -> value(depth - 1));
    return Arbitraries.frequencyOf(
        Tuple.of(4, scalar()),
        Tuple.of(1, element.list().ofMaxSize(5).map(list -> (Object) list)),
        Tuple.of(1, element.list().ofMaxSize(5).map(list -> PyTuple.of(list.toArray()))),
        Tuple.of(1, texts().set().ofMaxSize(5).map(set -> (Object) set)),
        Tuple.of(1, Arbitraries.maps(texts(), element).ofMaxSize(5).map(map -> (Object) map)));
  }

  private Arbitrary<Object> scalar() {
    Arbitrary<Long> micros = Arbitraries.longs().between(0, MICROS_A_DAY - 1);
    Arbitrary<Long> moments = Arbitraries.longs().between(0, (YEARS - 1) * MICROS_A_DAY);
    Arbitrary<BigInteger> bigs =
        Arbitraries.bigIntegers()
            .between(BigInteger.TWO.pow(300).negate(), BigInteger.TWO.pow(300))
            .filter(value -> value.bitLength() >= Long.SIZE);
    return Arbitraries.oneOf(
        Arbitraries.just(null),
        Arbitraries.of(true, false).map(value -> (Object) value),
        Arbitraries.longs().map(value -> (Object) value),
        bigs.map(value -> (Object) value),
        doubles().map(value -> (Object) value),
        texts().map(value -> (Object) value),
        Arbitraries.bytes().array(byte[].class).ofMaxSize(3000).map(value -> (Object) value),
        Arbitraries.bigDecimals().ofScale(20).map(value -> (Object) value),
        Arbitraries.longs().map(value -> (Object) new UUID(value, ~value)),
        Arbitraries.longs()
            .between(-700_000, YEARS)
            .map(LocalDate::ofEpochDay)
            .map(v -> (Object) v),
        micros.map(value -> (Object) LocalTime.ofNanoOfDay(value * 1000)),
        moments.map(value -> (Object) dateTime(value)),
        moments.map(value -> (Object) offsetDateTime(value)),
        Arbitraries.longs()
            .between(-999_999_999L * 86_400, 999_999_999L * 86_400)
            .map(value -> (Object) Duration.ofSeconds(value, 1000)));
  }

  private static LocalDateTime dateTime(long micros) {
    return LocalDateTime.of(
        LocalDate.ofEpochDay(Math.floorDiv(micros, MICROS_A_DAY)),
        LocalTime.ofNanoOfDay(Math.floorMod(micros, MICROS_A_DAY) * 1000));
  }

  private static OffsetDateTime offsetDateTime(long micros) {
    return dateTime(micros).atOffset(ZoneOffset.ofTotalSeconds((int) (micros % 64_800)));
  }
}
