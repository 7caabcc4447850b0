package dev.carousel.cli;

import dev.carousel.chat.ChatBot;
import dev.carousel.chat.ChatEvaluation;
import dev.carousel.chat.ChatOptions;
import dev.carousel.chat.Reply;
import dev.carousel.model.Inspection;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A chatbot for {@code eval} and {@code predict}; the latter takes each line as the beginning of a
 * conversation.
 *
 * @param bot closed with this
 */
record LoadedChatBot(ChatBot bot) implements LoadedModel {
  @Override
  public ChatEvaluation evaluate(EvalFlags flags, Console console) throws IOException {
    return bot.evaluate(flags.dialogues().read(flags.data(), flags.references(), console));
  }

  @Override
  public void predict(InputStream in, PredictFlags flags, Console console) throws IOException {
    CutTexts cut = new CutTexts();
    WaitingLines.of(in)
        .forEachBatch(
            texts -> {
              for (String text : texts) {
                Reply reply = bot.session(ChatOptions.DEFAULT).say(text);
                cut.add(reply.extent());
                console
                    .out()
                    .println(flags.json() ? JsonLine.of(fields(text, reply)) : reply.text());
              }
              console.out().flush();
            });
    cut.tell(console);
  }

  static Map<String, Object> fields(String text, Reply reply) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("text", text);
    fields.put("reply", reply.text());
    fields.put("origin", reply.origin());
    fields.put("confidence", reply.confidence());
    return fields;
  }

  @Override
  public Inspection inspect(String text, InspectFlags flags) {
    return bot.inspect(text, flags.options());
  }

  @Override
  public void close() {
    bot.close();
  }
}
