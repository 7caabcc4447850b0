package dev.carousel.cpu.onednn;

import java.util.List;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Pointer;

/**
 * A kernel with places for its operands, made once and run often. For one thread at a time: the
 * places are bound to memory before a run.
 */
final class Call implements AutoCloseable {
  private final Kernel kernel;
  private final int[] arguments;
  private final dnnl_memory[] operands;
  private final dnnl_exec_arg_t list;

  /**
   * @param arguments the {@code DNNL_ARG_…} that will be bound; the kernel knows their layouts
   */
  Call(Engine engine, Kernel kernel, List<Integer> arguments) {
    this.kernel = kernel;
    this.arguments = arguments.stream().mapToInt(Integer::intValue).toArray();
    this.operands = new dnnl_memory[arguments.size()];
    this.list = new dnnl_exec_arg_t(arguments.size());
    for (int i = 0; i < operands.length; i++) {
      operands[i] = operand(engine, this.arguments[i]);
      list.position(i).arg(this.arguments[i]).memory(operands[i]);
    }
    list.position(0);
  }

  private dnnl_memory operand(Engine engine, int argument) {
    dnnl_memory_desc desc =
        dnnl.dnnl_primitive_desc_query_md(kernel.desc(), dnnl.dnnl_query_exec_arg_md, argument);
    dnnl_memory memory = new dnnl_memory();
    DnnlStatus.check(
        dnnl.dnnl_memory_create(memory, desc, engine.handle(), null), "dnnl_memory_create");
    return memory;
  }

  /** Points one operand at memory, which must outlive the runs that follow. */
  void bind(int argument, Pointer memory) {
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i] == argument) {
        DnnlStatus.check(
            dnnl.dnnl_memory_set_data_handle(operands[i], memory), "dnnl_memory_set_data_handle");
        return;
      }
    }
    throw new IllegalStateException("argument " + argument + " is not part of this call");
  }

  /** Runs the kernel; on the CPU it has finished on return. */
  void run(dnnl_stream stream) {
    int status = dnnl.dnnl_primitive_execute(kernel.primitive(), stream, operands.length, list);
    if (status != dnnl.dnnl_success) {
      DnnlStatus.check(status, "dnnl_primitive_execute of " + kernel.implementation());
    }
  }

  @Override
  public void close() {
    for (dnnl_memory m : operands) {
      if (!m.isNull()) {
        dnnl.dnnl_memory_destroy(m);
        m.setNull();
      }
    }
    list.deallocate();
  }
}
