package dev.carousel.bench.peer.ceiling;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import dev.carousel.bench.peer.onednn.Dnnl;
import dev.carousel.bench.row.Product;
import dev.carousel.bench.row.Product.Operand;
import dev.carousel.bench.worker.Answer;
import dev.carousel.bench.worker.Exercise;
import dev.carousel.bench.worker.RefusedRowException;
import dev.carousel.rnn.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.javacpp.FloatPointer;

/** Matrix products alone, as oneDNN's matmul does them; results in single precision. */
final class Products implements Exercise {
  private static final long NANOS = 300_000_000;

  private final Dnnl dnnl = new Dnnl();
  private final memory.data_type type;
  private final List<Dnnl.Call> calls = new ArrayList<>();
  private final List<Integer> times = new ArrayList<>();
  private final Set<String> implementations = new LinkedHashSet<>();

  Products(List<Product> products, Precision precision) {
    this.type = precision == Precision.BF16 ? memory.data_type.bf16 : memory.data_type.f32;
    for (Product p : products) {
      calls.add(call(p));
      times.add(p.times());
    }
  }

  private Dnnl.Call call(Product p) {
    // A gradient reads its first operand by columns, and its second one changes every time.
    boolean gradient = p.operand() == Operand.ACTIVATION;
    memory.format_tag rows = memory.format_tag.ab;
    memory.desc a = dnnl.desc(type, gradient ? memory.format_tag.ba : rows, p.m(), p.k());
    memory.desc b = dnnl.desc(type, gradient ? rows : memory.format_tag.any, p.k(), p.n());
    memory.desc c = dnnl.desc(memory.data_type.f32, rows, p.m(), p.n());
    matmul.primitive_desc desc =
        dnnl.keep(
            new matmul.primitive_desc(
                dnnl.processor, a, b, c, dnnl.keep(new primitive_attr()), false));
    implementations.add(desc.impl_info_str().getString());
    Map<Integer, memory> operands = new LinkedHashMap<>();
    operands.put(DNNL_ARG_SRC, filled(a, p.m(), p.k()));
    operands.put(DNNL_ARG_WEIGHTS, filled(desc.weights_desc(), p.k(), p.n()));
    operands.put(DNNL_ARG_DST, dnnl.memory(c));
    return dnnl.call(new matmul(desc), operands);
  }

  /** Memory of ordinary numbers in whatever layout: zeros would be kind to some processors. */
  private memory filled(memory.desc wanted, long rows, long columns) {
    FloatPointer values = new FloatPointer(rows * columns);
    for (long i = 0; i < rows * columns; i++) {
      values.put(i, (i * 31 % 101 - 50) / 500f);
    }
    memory.desc plain = dnnl.desc(memory.data_type.f32, memory.format_tag.ab, rows, columns);
    memory from = dnnl.memory(plain, values);
    memory to = dnnl.memory(wanted);
    dnnl.run(dnnl.copy(from, to));
    dnnl.await();
    return to;
  }

  @Override
  public void run() {
    for (int i = 0; i < calls.size(); i++) {
      for (int t = times.get(i); t > 0; t--) {
        dnnl.run(calls.get(i));
      }
    }
    dnnl.await();
  }

  /**
   * GFLOP/s of one product on packed weights.
   *
   * @param sizes M x N x K, as {@code 32x1024x256}
   */
  static double gigaflops(Precision precision, String sizes) throws Exception {
    String[] n = sizes.split("x", -1);
    Product product =
        new Product(
            Integer.parseInt(n[0]),
            Integer.parseInt(n[1]),
            Integer.parseInt(n[2]),
            1,
            Operand.WEIGHT);
    try (Products alone = new Products(List.of(product), precision)) {
      return product.flops() / Measured.medianNanos(alone::run, NANOS);
    }
  }

  @Override
  public Answer answer() throws RefusedRowException {
    throw new RefusedRowException("a limit computes nothing");
  }

  @Override
  public String implementation() {
    return "matmul " + String.join(", ", implementations);
  }
}
