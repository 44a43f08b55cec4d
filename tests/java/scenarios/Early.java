package scenarios;

import dev.naja.Column;
import dev.naja.NdArray;
import dev.naja.Python;
import dev.naja.PythonConfig;
import dev.naja.RowBatch;
import dev.naja.TableForm;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;

/** What can be made before Python is started? */
public final class Early {
  private Early() {}

  public static void main(String[] arguments) {
    RowBatch rows = RowBatch.of(TableForm.ARROW, Column.int64("n"));
    rows.setLong(0, 7).endRow();
    System.out.println(rows.size());
    DoubleBuffer numbers = ByteBuffer.allocateDirect(16).asDoubleBuffer();
    try {
      System.out.println(NdArray.wrap(numbers));
    } catch (IllegalStateException e) {
      System.out.println("refused " + e.getMessage());
    }
    Python.start(PythonConfig.of());
    System.out.println(NdArray.wrap(numbers).size());
  }
}
