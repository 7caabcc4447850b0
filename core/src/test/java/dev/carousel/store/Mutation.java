package dev.carousel.store;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ways to damage a set of files, by name. */
enum Mutation {
  FLIP_BIT {
    @Override
    byte[] damage(byte[] bytes, Random random) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      return damaged;
    }
  },
  TRUNCATE {
    @Override
    byte[] damage(byte[] bytes, Random random) {
      return splice(bytes, random.nextInt(bytes.length), bytes.length, new byte[0]);
    }
  },
  INSERT {
    @Override
    byte[] damage(byte[] bytes, Random random) {
      byte[] inserted = new byte[1 + random.nextInt(40)];
      random.nextBytes(inserted);
      int at = random.nextInt(bytes.length + 1);
      return splice(bytes, at, at, inserted);
    }
  },
  REMOVE_RANGE {
    @Override
    byte[] damage(byte[] bytes, Random random) {
      int from = random.nextInt(bytes.length);
      int to = Math.min(bytes.length, from + 1 + random.nextInt(40));
      return splice(bytes, from, to, new byte[0]);
    }
  },
  REPEAT_RANGE {
    @Override
    byte[] damage(byte[] bytes, Random random) {
      int from = random.nextInt(bytes.length);
      int to = Math.min(bytes.length, from + 1 + random.nextInt(80));
      return splice(bytes, to, to, Arrays.copyOfRange(bytes, from, to));
    }
  },
  OVERWRITE_START {
    @Override
    byte[] damage(byte[] bytes, Random random) {
      byte[] start = new byte[Math.min(bytes.length, 8)];
      random.nextBytes(start);
      return splice(bytes, 0, start.length, start);
    }
  },
  ODD_NUMBER {
    @Override
    byte[] damage(byte[] bytes, Random random) {
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      List<int[]> numbers = new ArrayList<>();
      for (Matcher m = NUMBER.matcher(text); m.find(); ) {
        numbers.add(new int[] {m.start(), m.end()});
      }
      if (numbers.isEmpty()) {
        return FLIP_BIT.damage(bytes, random);
      }
      int[] range = numbers.get(random.nextInt(numbers.size()));
      String odd = ODD.get(random.nextInt(ODD.size()));
      return splice(bytes, range[0], range[1], odd.getBytes(StandardCharsets.US_ASCII));
    }
  },
  DELETE_FILE {
    @Override
    void apply(SortedMap<String, byte[]> files, String name, Random random) {
      files.remove(name);
    }
  },
  SWAP_FILES {
    @Override
    void apply(SortedMap<String, byte[]> files, String name, Random random) {
      List<String> names = new ArrayList<>(files.keySet());
      String other = names.get(random.nextInt(names.size()));
      byte[] kept = files.put(name, files.get(other));
      files.put(other, kept);
    }
  };

  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final List<String> ODD =
      List.of(
          "-1",
          "0",
          "1e999999999",
          "0.5",
          "2147483648",
          "4611686018427387904",
          "9223372036854775807",
          "99999999999999999999",
          "9".repeat(300),
          "null",
          "\"1\"",
          "[".repeat(5000));

  /** Damages the file {@code name}, or the whole set. */
  void apply(SortedMap<String, byte[]> files, String name, Random random) {
    files.put(name, damage(files.get(name), random));
  }

  byte[] damage(byte[] bytes, Random random) {
    throw new UnsupportedOperationException(name() + " works on whole files");
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] replacement) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, from);
    out.writeBytes(replacement);
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }
}
