package dev.carousel.bench.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * An ONNX graph being written: nodes, constants, inputs, outputs. The numbers are the fields of
 * onnx.proto3, ONNX's published schema.
 */
final class Graph {
  private static final int FLOAT = 1;
  private static final int INT32 = 6;
  private static final int INT64 = 7;
  private static final int IR_VERSION = 8;
  private static final int OPSET = 17;

  private final Message graph = new Message().text(2, "rnn");

  /** A size that a call decides. */
  static final long ANY = -1;

  /** What an input holds. */
  enum Element {
    FLOATS(FLOAT),
    INTS(INT32),
    LONGS(INT64);

    private final int code;

    Element(int code) {
      this.code = code;
    }
  }

  /** Adds an operation; an empty name among the inputs is one left out. */
  void node(String operation, List<String> inputs, List<String> outputs, Message... attributes) {
    Message node = new Message();
    inputs.forEach(name -> node.text(1, name));
    outputs.forEach(name -> node.text(2, name));
    node.text(4, operation);
    for (Message a : attributes) {
      node.message(5, a);
    }
    graph.message(1, node);
  }

  /** Adds constant floats. */
  void constant(String name, float[] values, long... dims) {
    ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES);
    raw.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    graph.message(5, tensor(name, FLOAT, raw.array(), dims));
  }

  /** Adds a constant vector of integers. */
  void constant(String name, long... values) {
    ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES);
    raw.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(values);
    graph.message(5, tensor(name, INT64, raw.array(), values.length));
  }

  private static Message tensor(String name, int type, byte[] raw, long... dims) {
    Message t = new Message();
    for (long d : dims) {
      t.number(1, d);
    }
    return t.number(2, type).text(8, name).bytes(9, raw);
  }

  /** Declares an input. */
  void input(String name, Element element, long... dims) {
    graph.message(11, value(name, element, dims));
  }

  /** Declares an output of floats. */
  void output(String name, long... dims) {
    output(name, Element.FLOATS, dims);
  }

  /** Declares an output. */
  void output(String name, Element element, long... dims) {
    graph.message(12, value(name, element, dims));
  }

  private static Message value(String name, Element element, long... dims) {
    Message shape = new Message();
    for (long d : dims) {
      shape.message(1, d == ANY ? new Message() : new Message().number(1, d));
    }
    Message tensor = new Message().number(1, element.code).message(2, shape);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  static Message attribute(String name, long value) {
    return new Message().text(1, name).number(3, value).number(20, 2);
  }

  static Message attribute(String name, String value) {
    return new Message().text(1, name).text(4, value).number(20, 3);
  }

  static Message attribute(String name, List<Integer> values) {
    Message m = new Message().text(1, name);
    values.forEach(v -> m.number(8, v));
    return m.number(20, 7);
  }

  /** The whole file. */
  byte[] file() {
    return new Message()
        .number(1, IR_VERSION)
        .text(2, "carousel-bench")
        .message(7, graph)
        .message(8, new Message().text(1, "").number(2, OPSET))
        .encoded();
  }
}
