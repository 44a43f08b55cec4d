package dev.naja;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How a tensor's memory is seen by DLPack, and given back: a tensor made by hand says what was
 * asked of it, and counts. What NumPy and PyTorch do is in {@link DlpackNumPyTest} and {@link
 * DlpackTorchTest}.
 */
class DlpackTest {
  private Namespace namespace;

  @BeforeEach
  void defineTensors() {
    namespace =
        TestPython.namespace(
            "from ctypes import *",
            "",
            "class DLTensor(Structure):",
            "    _fields_ = [('data', c_void_p), ('device_type', c_int32), ('device_id', c_int32),",
            "        ('ndim', c_int32), ('code', c_uint8), ('bits', c_uint8), ('lanes', c_uint16),",
            "        ('shape', POINTER(c_int64)), ('strides', POINTER(c_int64)),",
            "        ('byte_offset', c_uint64)]",
            "",
            "Deleter = CFUNCTYPE(None, c_void_p)",
            "",
            "class Unversioned(Structure):",
            "    _fields_ = [('tensor', DLTensor), ('context', c_void_p), ('deleter', Deleter)]",
            "",
            "class Versioned(Structure):",
            "    _fields_ = [('major', c_uint32), ('minor', c_uint32), ('context', c_void_p),",
            "        ('deleter', Deleter), ('flags', c_uint64), ('tensor', DLTensor)]",
            "",
            "new = pythonapi.PyCapsule_New",
            "new.restype, new.argtypes = py_object, [c_void_p, c_char_p, c_void_p]",
            "",
            "class Made:",
            "    def __init__(self, versioned=True, shape=(2, 3), strides=None, code=2, bits=64,",
            "                 lanes=1, flags=0, major=1, offset=0, device=1):",
            "        self.memory = (c_double * 7)(*range(7))",
            "        self.deleted = []",
            "        self.asked = []",
            "        self.device = device",
            "        self.versioned = versioned",
            "        self.managed = made = Versioned() if versioned else Unversioned()",
            "        if versioned:",
            "            made.major, made.flags = major, flags",
            "        tensor = made.tensor",
            "        tensor.data = addressof(self.memory)",
            "        tensor.device_type, tensor.ndim = device, len(shape)",
            "        tensor.code, tensor.bits, tensor.lanes = code, bits, lanes",
            "        if shape:",
            "            tensor.shape = (c_int64 * len(shape))(*shape)",
            "        if strides:",
            "            tensor.strides = (c_int64 * len(strides))(*strides)",
            "        tensor.byte_offset = offset",
            "        made.deleter = Deleter(lambda address: self.deleted.append(address))",
            "    def __dlpack_device__(self):",
            "        return self.device, 0",
            "    def __dlpack__(self, **asked):",
            "        self.asked.append(asked)",
            "        pythonapi.Py_IncRef(py_object(self))  # For good: the deleter is in here.",
            "        if asked and not self.versioned:",
            "            raise TypeError('unexpected keyword argument')",
            "        name = b'dltensor_versioned' if self.versioned else b'dltensor'",
            "        self.capsule = new(addressof(self.managed), name, None)",
            "        return self.capsule",
            "    def deletions(self):",
            "        return [each == addressof(self.managed) for each in self.deleted]");
  }

  private NdArray of(String expression) {
    namespace.exec("made = " + expression);
    return namespace.get("made", NdArray.class);
  }

  private String refusal(String expression) {
    PythonConversionException refused =
        assertThrows(PythonConversionException.class, () -> of(expression));
    return refused.getMessage().replaceFirst(".* to dev.naja.NdArray: ", "");
  }

  private List<?> deletions() {
    return namespace.evalAs(List.class, "made.deletions()");
  }

  @Test
  void tensorIsSeenWhereItLiesAndDeletedOnceWhenTheArrayIsClosed() {
    NdArray array = of("Made()");
    assertEquals("NdArray(<f8, [2, 3])", array.toString());
    assertArrayEquals(new double[] {0, 1, 2, 3, 4, 5}, array.toDoubleArray());
    array.setDouble(50, 1, 2);
    assertEquals(50.0, namespace.evalAs(double.class, "made.memory[5]"));
    assertTrue(namespace.evalAs(String.class, "repr(made.capsule)").contains("used_dltensor_v"));
    assertEquals(List.of(), deletions());
    array.close();
    assertEquals(List.of(true), deletions());
  }

  @Test
  void versionThatKnowsOfReadOnlyTensorsIsAskedForWithoutACopy() {
    of("Made()").close();
    assertEquals(
        "[{'max_version': (1, 0), 'copy': False}]",
        namespace.evalAs(String.class, "str(made.asked)"));
    assertFalse(of("Made()").isReadOnly());
    assertTrue(of("Made(flags=1)").isReadOnly());
  }

  @Test
  void olderTensorIsReadOnlyForItCannotSayThatItIsNot() {
    NdArray array = of("Made(versioned=False)");
    assertEquals("[{'max_version': (1, 0), 'copy': False}, {}]", namespace.eval("str(made.asked)"));
    assertTrue(array.isReadOnly());
    assertEquals(4, array.getDouble(1, 1));
    array.close();
    assertEquals(List.of(true), deletions());
  }

  @Test
  void tensorIsDeletedWhenNobodyReachesItsMemory() throws InterruptedException {
    of("Made()").slice(0, 1, 2).asBuffer();
    for (int i = 0; i < 100 && deletions().isEmpty(); i++) {
      System.gc();
      Thread.sleep(20);
      TestPython.get().handleCount();
    }
    assertEquals(List.of(true), deletions());
  }

  @Test
  void stridesAndOffsetAndDimensionsAreThoseOfTheTensor() {
    assertArrayEquals(
        new double[] {6, 4, 2}, of("Made(shape=(3,), strides=(-2,), offset=48)").toDoubleArray());
    NdArray column = of("Made(shape=(3, 2), strides=(1, 3))");
    assertTrue(column.isColumnMajor());
    assertArrayEquals(new double[] {0, 3, 1, 4, 2, 5}, column.toDoubleArray());
    NdArray one = of("Made(shape=(), offset=8)");
    assertEquals(0, one.dimensions());
    assertEquals(1, one.getDouble());
    assertArrayEquals(new long[] {0, 4}, of("Made(shape=(0, 4))").shape());
  }

  @Test
  void typesAreThoseOfTheTensor() {
    for (String[] each :
        new String[][] {
          {"0", "8", "|i1"}, {"0", "64", "<i8"}, {"1", "8", "|u1"}, {"1", "32", "<u4"},
          {"2", "16", "<f2"}, {"2", "32", "<f4"}, {"5", "64", "<c8"}, {"5", "128", "<c16"},
          {"6", "8", "|b1"}
        }) {
      String made = String.format("Made(shape=(1,), code=%s, bits=%s)", each[0], each[1]);
      assertEquals(each[2], of(made).dtype().toString());
    }
  }

  @Test
  void tensorThatIsRefusedIsDeletedAtOnce() {
    assertEquals(
        "its elements are bfloat16: make them float32, as by .float()",
        refusal("Made(code=4, bits=16)"));
    assertEquals(List.of(true), deletions());
    assertEquals(
        "Java has no elements of DLPack's type 1 with 1 times 4 bits",
        refusal("Made(code=1, bits=4)"));
    assertEquals(List.of(true), deletions());
    assertEquals(
        "Java has no elements of DLPack's type 2 with 4 times 32 bits",
        refusal("Made(bits=32, lanes=4)"));
    assertEquals("Java has no elements of type '<f16'", refusal("Made(bits=128)"));
    assertTrue(
        refusal("Made(shape=(2**28,))").startsWith("it takes 2147483648 bytes, and a Java buffer"));
    assertEquals(List.of(true), deletions());
    assertEquals(
        "its memory cannot be seen: its __dlpack__ gave a tensor of DLPack 2, of which naja knows"
            + " nothing; it asked for version 1",
        refusal("Made(major=2)"));
    assertEquals(List.of(true), deletions());
  }

  @Test
  void tensorOnAnotherDeviceIsNotAskedForItsMemory() {
    assertEquals(
        "its memory is on another device (CUDA): bring it to the CPU, as by .cpu()",
        refusal("Made(device=2)"));
    assertEquals(
        "its memory is on another device (of DLPack's number 99): bring it to the CPU, as by"
            + " .cpu()",
        refusal("Made(device=99)"));
    assertEquals(List.of(), namespace.evalAs(List.class, "made.asked"));
    assertEquals(5, of("Made(device=3)").getDouble(1, 2));
  }

  @Test
  void whatGivesNoCapsuleIsRefused() {
    namespace.exec(
        "class Odd:\n"
            + "    def __init__(self, gives): self.gives = gives\n"
            + "    def __dlpack_device__(self): return 1, 0\n"
            + "    def __dlpack__(self, **_): return self.gives()\n"
            + "def fail(): raise BufferError('use tensor.detach()')");
    assertEquals(
        "its memory cannot be seen: its __dlpack__ gave 7, which is no DLPack capsule that nobody"
            + " has used",
        refusal("Odd(lambda: 7)"));
    assertEquals("its memory cannot be seen: use tensor.detach()", refusal("Odd(fail)"));
    of("Made()").close();
    assertTrue(
        refusal("Odd(lambda capsule=made.capsule: capsule)")
            .endsWith("which is no DLPack capsule that nobody has used"));
  }
}
