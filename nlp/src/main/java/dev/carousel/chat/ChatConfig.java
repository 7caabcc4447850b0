package dev.carousel.chat;

import dev.carousel.translate.TranslatorConfig;

/**
 * What a model directory says of a chatbot.
 *
 * @param task always {@link #TASK}
 * @param writer what writes its answers
 * @param history turns that it reads
 */
record ChatConfig(String task, TranslatorConfig writer, int history) {
  static final String TASK = "chat";

  /** Checks the range. */
  ChatConfig {
    ChatSettings.requireHistory(history);
  }
}
