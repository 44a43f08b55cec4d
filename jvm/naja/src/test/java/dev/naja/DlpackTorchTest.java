package dev.naja;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How an {@link NdArray} and a {@code torch.Tensor} share memory, where PyTorch is installed. */
class DlpackTorchTest {
  private Namespace namespace;

  @BeforeEach
  void importTorch() {
    namespace = TestPython.namespace();
    TestPython.assumePackages("torch");
    namespace.exec("import torch");
  }

  private NdArray of(String expression) {
    return namespace.evalAs(NdArray.class, expression);
  }

  private String refusal(String expression) {
    return assertThrows(PythonConversionException.class, () -> of(expression)).getMessage();
  }

  @Test
  void tensorComesAsItsMemory() {
    namespace.exec("t = torch.arange(6, dtype=torch.float32).reshape(2, 3)");
    NdArray array = namespace.get("t", NdArray.class);
    assertEquals("NdArray(<f4, [2, 3])", array.toString());
    assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5}, array.toFloatArray());
    namespace.exec("t += 1");
    assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, array.transpose().toFloatArray());
    assertArrayEquals(new long[] {4, 2}, of("torch.tensor([2, 4]).flip(0)").toLongArray());
    assertArrayEquals(new double[] {0.5}, of("torch.tensor([.5]).half()").toDoubleArray());
    assertArrayEquals(new boolean[] {true}, of("torch.tensor([True])").toBooleanArray());
    assertEquals(2.5, of("torch.tensor(2.5)").getDouble());
    assertArrayEquals(new long[] {0, 3}, of("torch.empty(0, 3)").shape());
  }

  @Test
  void resultOfAModelIsWrittenIfItsDlpackIsNewEnough() {
    NdArray array = of("torch.zeros(2)");
    if (!array.isReadOnly()) {
      array.setDouble(1, 0);
      assertEquals(1, array.getDouble(0));
    }
  }

  @Test
  void arrayOfJavaIsATensorOverTheSameMemory() {
    NdArray array = NdArray.of(new double[] {1, 2, 3});
    namespace.set("a", array);
    namespace.exec("t = torch.from_dlpack(a)\nt *= 2");
    assertArrayEquals(new double[] {2, 4, 6}, array.toDoubleArray());
    array.setDouble(7, 1);
    assertEquals(List.of(2.0, 7.0, 6.0), namespace.eval("t.tolist()"));
  }

  @Test
  void whatHasNoMemoryOfItsOwnIsRefused() {
    assertTrue(
        refusal("torch.ones(1, requires_grad=True)").contains("its memory cannot be seen: "),
        refusal("torch.ones(1, requires_grad=True)"));
    assertTrue(
        refusal("torch.ones(1).bfloat16()")
            .endsWith("its elements are bfloat16: make them float32, as by .float()"));
    assertTrue(
        refusal("torch.ones(1, device='meta')").contains("its memory"),
        refusal("torch.ones(1, device='meta')"));
  }
}
