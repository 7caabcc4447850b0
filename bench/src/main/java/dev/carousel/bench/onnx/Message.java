package dev.carousel.bench.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A message in the wire format of protocol buffers: fields with a number, each a variable-length
 * integer (wire type 0) or bytes with their length (wire type 2).
 */
final class Message {
  private static final int LENGTH_DELIMITED = 2;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A field that is an integer. */
  Message number(int field, long value) {
    varint((long) field << 3);
    varint(value);
    return this;
  }

  /** A field that is bytes. */
  Message bytes(int field, byte[] value) {
    varint(((long) field << 3) | LENGTH_DELIMITED);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  /** A field that is text. */
  Message text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** A field that is another message. */
  Message message(int field, Message value) {
    return bytes(field, value.encoded());
  }

  /** All fields so far. */
  byte[] encoded() {
    return out.toByteArray();
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
