package dev.carousel.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The checked header of a safetensors file: {@code length:u64le, JSON of that many bytes, data}.
 *
 * @param tensors by name, in the order of their data
 * @param metadata the {@code __metadata__} strings
 * @param dataStart position of the first data byte in the file
 */
record SafeTensorsHeader(
    Map<String, TensorEntry> tensors, Map<String, String> metadata, long dataStart) {

  static final int LENGTH_BYTES = 8;

  /** The reference implementation's limit. */
  static final long MAX_LENGTH = 100_000_000;

  SafeTensorsHeader {
    tensors = Collections.unmodifiableMap(tensors);
    metadata = Collections.unmodifiableMap(metadata);
  }

  static SafeTensorsHeader read(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    long length = length(file, channel, size);
    long dataStart = LENGTH_BYTES + length;
    SafeTensorsJson json = parse(file, channel, length);
    return new SafeTensorsHeader(
        contiguous(file, json.tensors(), size - dataStart), json.metadata(), dataStart);
  }

  private static long length(Path file, FileChannel channel, long size) throws IOException {
    if (size < LENGTH_BYTES) {
      throw StoreException.damaged(
          file, "has " + size + " bytes, fewer than the 8 that hold the header's length");
    }
    ByteBuffer prefix = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    FileBytes.read(file, channel, 0, prefix);
    long length = prefix.flip().getLong();
    if (length < 0 || length > MAX_LENGTH) {
      throw StoreException.damaged(
          file,
          "claims a header of %s bytes; at most %d are allowed"
              .formatted(Long.toUnsignedString(length), MAX_LENGTH));
    }
    if (length > size - LENGTH_BYTES) {
      throw StoreException.damaged(
          file, "claims a header of %d bytes but has only %d".formatted(length, size));
    }
    return length;
  }

  private static SafeTensorsJson parse(Path file, FileChannel channel, long length)
      throws IOException {
    var strict =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    try (Reader text =
        new InputStreamReader(FileBytes.stream(file, channel, LENGTH_BYTES, length), strict)) {
      return SafeTensorsJson.parse(file, text);
    } catch (CharacterCodingException e) {
      throw StoreException.damaged(file, "its header is not valid UTF-8");
    } catch (JsonProcessingException e) {
      throw StoreException.damaged(file, "its header is not valid: " + StrictJson.reason(e));
    }
  }

  /**
   * Tensors must follow each other from the first data byte to the last, without hole or overlap.
   */
  private static Map<String, TensorEntry> contiguous(
      Path file, Map<String, TensorEntry> tensors, long dataBytes) {
    List<TensorEntry> ordered = new ArrayList<>(tensors.values());
    ordered.sort(
        Comparator.comparingLong(TensorEntry::begin)
            .thenComparingLong(TensorEntry::end)
            .thenComparing(TensorEntry::name));
    Map<String, TensorEntry> byPosition = new LinkedHashMap<>();
    long position = 0;
    for (TensorEntry tensor : ordered) {
      if (tensor.begin() != position) {
        throw StoreException.damaged(
            file,
            "tensor '%s' starts at data byte %d, where %d was expected (a hole or an overlap)"
                .formatted(tensor.name(), tensor.begin(), position));
      }
      position = tensor.end();
      byPosition.put(tensor.name(), tensor);
    }
    if (position != dataBytes) {
      throw StoreException.damaged(
          file,
          "its tensors need %d data bytes but it holds %d (cut off, or bytes were added)"
              .formatted(position, dataBytes));
    }
    return byPosition;
  }
}
