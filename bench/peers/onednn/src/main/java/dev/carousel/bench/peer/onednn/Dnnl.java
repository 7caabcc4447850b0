package dev.carousel.bench.peer.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * oneDNN's engine and stream, and everything made with them, which is kept from the garbage
 * collector as long as this lives.
 */
public final class Dnnl {
  /** The engine. */
  public final engine processor = new engine(engine.kind.cpu, 0);

  private final stream order = new stream(processor);
  private final List<Object> kept = new ArrayList<>();

  /** A primitive with its operands. */
  public record Call(primitive code, dnnl_exec_arg_t arguments, int count) {}

  /** Makes an engine for this process's CPU. */
  public Dnnl() {}

  /** Keeps an object as long as this. */
  public <K> K keep(K made) {
    kept.add(made);
    return made;
  }

  /** A layout. */
  public memory.desc desc(memory.data_type type, memory.format_tag form, long... dims) {
    return keep(new memory.desc(dims, type, form));
  }

  /** Zeroed memory of its own. */
  public memory memory(memory.desc layout) {
    memory m = keep(new memory(layout, processor));
    Pointer.memset(m.get_data_handle(), 0, layout.get_size());
    return m;
  }

  /** Memory over a buffer. */
  public memory memory(memory.desc layout, FloatPointer data) {
    return keep(new memory(layout, processor, keep(data)));
  }

  /** A primitive on these operands, by the number oneDNN gives each. */
  public Call call(primitive code, Map<Integer, memory> operands) {
    dnnl_exec_arg_t arguments = keep(new dnnl_exec_arg_t(operands.size()));
    int i = 0;
    for (Map.Entry<Integer, memory> o : operands.entrySet()) {
      arguments.position(i++).arg(o.getKey()).memory(o.getValue().get());
    }
    arguments.position(0);
    return new Call(keep(code), arguments, operands.size());
  }

  /** A copy from one layout to another. */
  public Call copy(memory from, memory to) {
    Map<Integer, memory> operands = new LinkedHashMap<>();
    operands.put(DNNL_ARG_FROM, from);
    operands.put(DNNL_ARG_TO, to);
    reorder.primitive_desc desc = keep(new reorder.primitive_desc(from, to));
    return call(new reorder(desc), operands);
  }

  /** Starts a call. */
  public void run(Call call) {
    int status =
        dnnl.dnnl_primitive_execute(call.code().get(), order.get(), call.count(), call.arguments());
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException("dnnl_primitive_execute gave status " + status);
    }
  }

  /** Waits for all calls. */
  public void await() {
    order._wait();
  }
}
