package dev.carousel.bench.onnx;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One field of a message, a number or bytes, read by the rules of protocol buffers. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Field(int number, long value, byte[] bytes) {
  String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  List<Field> message() {
    return read(bytes);
  }

  static List<Field> read(byte[] from) {
    List<Field> fields = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(from);
    while (in.hasRemaining()) {
      long key = varint(in);
      long value = varint(in);
      byte[] bytes = new byte[(key & 7) == 2 ? (int) value : 0];
      in.get(bytes);
      fields.add(new Field((int) (key >>> 3), value, bytes));
    }
    return fields;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = in.get();
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }

  static List<Field> all(List<Field> from, int number) {
    return from.stream().filter(f -> f.number() == number).toList();
  }

  static List<String> texts(List<Field> from, int number) {
    return all(from, number).stream().map(Field::text).toList();
  }
}
