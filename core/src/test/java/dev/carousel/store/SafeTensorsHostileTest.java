package dev.carousel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTensorsHostileTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}} | tensor 'a' F32[2] does not fit
          {"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}} | tensor 'a' F32[-1] does not fit
          {"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}} | does not fit
          {"a":{"dtype":"F32","shape":[9223372036854775807,4],"data_offsets":[0,4]}} | does not fit
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}} | impossible data_offsets [4, 0]
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}} | impossible data_offsets [-4, 0]
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}} | impossible data_offsets
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}} | impossible data_offsets
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,99999999999999999999]}} | out of range of long
          {"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}} | found a fractional number
          {"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}} | found a string
          {"a":{"dtype":"F32","shape":{},"data_offsets":[0,4]}} | shape of tensor 'a' must be an array
          {"a":{"dtype":"F31","shape":[1],"data_offsets":[0,4]}} | tensor 'a' has the unknown dtype 'F31'
          {"a":{"dtype":7,"shape":[1],"data_offsets":[0,4]}} | dtype of tensor 'a' must be a string
          {"a":{"shape":[1],"data_offsets":[0,4]}} | tensor 'a' lacks dtype, shape or data_offsets
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}} | tensor 'a' has an unknown field 'x'
          {"a":{"dtype":"F32","shape":[1],"shape":[1],"data_offsets":[0,4]}} | Duplicate field 'shape'
          {"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} | Duplicate field 'a'
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | tensor 'a' starts at data byte 4, where 0 was expected
          {"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}} | tensor 'b' starts at data byte 2, where 3 was expected
          {"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}} | its tensors need 3 data bytes but it holds 4
          {"a":{"dtype":"U8","shape":[5],"data_offsets":[0,5]}} | its tensors need 5 data bytes but it holds 4
          {} | its tensors need 0 data bytes but it holds 4
          {"__metadata__":{"a":1}} | __metadata__ value 'a' must be a string, found a whole number
          {"__metadata__":{"a":"1","a":"2"}} | Duplicate field 'a'
          {"__metadata__":[]} | __metadata__ must be an object
          [] | the header must be an object, found an array
          null | the header must be an object
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} x | Unrecognized token
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} {} | its header goes on after the closing brace
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4] | Unexpected end-of-input
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]} | Unexpected end-of-input
          """)
  void refusesTheHeader(String header, String problem) throws IOException {
    refuses(bytes(header.getBytes(StandardCharsets.UTF_8)), problem);
  }

  @Test
  void anEmptyHeaderIsRefused() throws IOException {
    refuses(bytes(new byte[0]), "the header must be an object, found the end of the header");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 100_000_001, 7, 1L << 32})
  void refusesAHeaderLengthThatTheFileCannotHold(long length) throws IOException {
    byte[] file = bytes("{}".getBytes(StandardCharsets.UTF_8));
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
    refuses(file, "claims a header of " + Long.toUnsignedString(length) + " bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7})
  void refusesAFileShorterThanTheLengthField(int size) throws IOException {
    refuses(new byte[size], "has " + size + " bytes, fewer than the 8");
  }

  @Test
  void refusesNestingBombsWithoutOverflowingTheStack() throws IOException {
    refuses(bytes("[".repeat(1_000_000).getBytes(StandardCharsets.UTF_8)), "must be an object");
    String bomb = "{\"a\":{\"shape\":" + "[".repeat(1_000_000);
    refuses(bytes(bomb.getBytes(StandardCharsets.UTF_8)), "found an array");
  }

  @Test
  void refusesAnEndlessShape() throws IOException {
    String header = "{\"a\":{\"shape\":[" + "1,".repeat(1_000_000) + "1]";
    refuses(bytes(header.getBytes(StandardCharsets.UTF_8)), "has more than 64 elements");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "{\"__metadata__\":%s"})
  void refusesMoreEntriesThanAnyModelHas(String around) throws IOException {
    String value =
        around.length() == 2 ? "{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}" : "\"\"";
    StringBuilder entries = new StringBuilder("{\"0\":" + value);
    for (int i = 1; i <= 65536; i++) {
      entries.append(",\"").append(i).append("\":").append(value);
    }
    String header = around.formatted(entries.append('}'));
    refuses(bytes(header.getBytes(StandardCharsets.UTF_8)), "more than 65536 entries");
  }

  @Test
  void refusesNumbersOfAThousandDigits() throws IOException {
    String header = "{\"a\":{\"shape\":[" + "9".repeat(1000) + "]";
    refuses(bytes(header.getBytes(StandardCharsets.UTF_8)), "Number value length (1000) exceeds");
  }

  @ParameterizedTest
  @ValueSource(strings = {"c3 28", "ff", "c0 af", "ed a0 80", "e2 82"})
  void refusesInvalidUtf8(String hex) throws IOException {
    byte[] name = HexFormat.ofDelimiter(" ").parseHex(hex);
    ByteBuffer header = ByteBuffer.allocate(6 + name.length);
    header.put("{\"".getBytes(StandardCharsets.UTF_8)).put(name);
    header.put("\":{}".getBytes(StandardCharsets.UTF_8));
    refuses(bytes(header.array()), "its header is not valid UTF-8");
  }

  @Test
  void aMissingFileAndADirectoryAreRefused() {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> SafeTensors.open(directory.resolve("absent")))
        .withMessageContaining("NoSuchFileException")
        .satisfies(e -> assertThat(e.file()).isEqualTo(directory.resolve("absent")));
    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> SafeTensors.open(directory));
  }

  /** The header with its length before and four data bytes after it. */
  private static byte[] bytes(byte[] header) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + 4).order(ByteOrder.LITTLE_ENDIAN);
    return bytes.putLong(header.length).put(header).array();
  }

  private void refuses(byte[] content, String problem) throws IOException {
    Path file = Files.write(directory.resolve("hostile.safetensors"), content);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> SafeTensors.open(file).close())
        .withMessageStartingWith(file + ": ")
        .withMessageContaining(problem)
        .withMessageContaining("; ");
  }
}
