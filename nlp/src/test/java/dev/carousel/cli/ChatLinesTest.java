package dev.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;

/** What a conversation reads from somebody who types. */
class ChatLinesTest {
  private static final String UP = "\033[A";
  private static final String LEFT = "\033[D";
  private static final String CTRL_D = "\004";

  private static List<String> typed(String keys) throws IOException {
    return all(ChatLines.typed(terminal(keys)));
  }

  private static Terminal terminal(String keys) throws IOException {
    Terminal terminal =
        new DumbTerminal(
            "test",
            "ansi",
            new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8)),
            new ByteArrayOutputStream(),
            StandardCharsets.UTF_8);
    Attributes keyboard = terminal.getAttributes();
    keyboard.setControlChar(Attributes.ControlChar.VEOF, CTRL_D.charAt(0)); // as a keyboard's is
    terminal.setAttributes(keyboard);
    return terminal;
  }

  private static List<String> all(ChatLines typed) throws IOException {
    List<String> lines = new ArrayList<>();
    try (ChatLines read = typed) {
      for (String line = read.next(); line != null; line = read.next()) {
        lines.add(line);
      }
    }
    return lines;
  }

  @Test
  void whatIsTypedIsTakenAsItStands() throws IOException {
    assertThat(typed("wow!! it's !1 \\n \"quoted\r你好，北京！\r\r  \rend\r" + CTRL_D))
        .containsExactly("wow!! it's !1 \\n \"quoted", "你好，北京！", "end");
  }

  @Test
  void linesAreEditedAndComeBack() throws IOException {
    assertThat(typed("helo" + LEFT + "l\r" + UP + "!\r" + CTRL_D))
        .containsExactly("hello", "hello!");
    assertThat(typed("你好" + "\177" + "们\r" + CTRL_D)).containsExactly("你们");
  }

  @Test
  void controlDEndsTheConversationAndLosesNoLine() throws IOException {
    assertThat(typed("one\r" + CTRL_D + "two\r")).containsExactly("one");
    assertThat(typed("one\r")).containsExactly("one");
  }

  @Test
  void controlCGivesUpALineAndEndsWhereNoneWasBegun() throws IOException {
    Iterator<String> keys = List.of("one", "^tw", "three", "^", "four").iterator();
    LineReader reader =
        (LineReader)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {LineReader.class},
                (self, method, arguments) -> {
                  String line = keys.next();
                  if (line.startsWith("^")) {
                    throw new UserInterruptException(line.substring(1));
                  }
                  return line;
                });
    assertThat(all(new ChatLines.Typed(terminal(""), reader))).containsExactly("one", "three");
    assertThat(keys.next()).isEqualTo("four");
  }

  @Test
  void aVeryLongLineIsOneLine() throws IOException {
    String line = "word ".repeat(4000).strip();
    assertThat(typed(line + "\r" + CTRL_D)).containsExactly(line);
  }
}
