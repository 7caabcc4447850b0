package dev.carousel.cpu.onednn;

import java.util.Arrays;

/** Reverse-mode differentiation of scalars in double precision, as plain as it can be. */
final class ScalarTape {
  private static final int CONSTANT = 0;
  private static final int ADD = 1;
  private static final int MULTIPLY = 2;
  private static final int SIGMOID = 3;
  private static final int TANH = 4;
  private static final int RELU = 5;
  private static final int ONE_MINUS = 6;

  private byte[] operation = new byte[1 << 16];
  private int[] left = new int[1 << 16];
  private int[] right = new int[1 << 16];
  private double[] value = new double[1 << 16];
  private double[] gradient = new double[1 << 16];
  private int size;

  /** A leaf. */
  int leaf(double v) {
    return push(CONSTANT, 0, 0, v);
  }

  int add(int a, int b) {
    return push(ADD, a, b, value[a] + value[b]);
  }

  int multiply(int a, int b) {
    return push(MULTIPLY, a, b, value[a] * value[b]);
  }

  int sigmoid(int a) {
    return push(SIGMOID, a, 0, 1 / (1 + Math.exp(-value[a])));
  }

  int tanh(int a) {
    return push(TANH, a, 0, Math.tanh(value[a]));
  }

  int relu(int a) {
    return push(RELU, a, 0, Math.max(0, value[a]));
  }

  int oneMinus(int a) {
    return push(ONE_MINUS, a, 0, 1 - value[a]);
  }

  private int push(int op, int a, int b, double v) {
    if (size == value.length) {
      operation = Arrays.copyOf(operation, 2 * size);
      left = Arrays.copyOf(left, 2 * size);
      right = Arrays.copyOf(right, 2 * size);
      value = Arrays.copyOf(value, 2 * size);
      gradient = Arrays.copyOf(gradient, 2 * size);
    }
    operation[size] = (byte) op;
    left[size] = a;
    right[size] = b;
    value[size] = v;
    return size++;
  }

  double value(int node) {
    return value[node];
  }

  double gradient(int node) {
    return gradient[node];
  }

  /** Adds to the gradient of the loss by a node, before {@link #backward}. */
  void seed(int node, double g) {
    gradient[node] += g;
  }

  void backward() {
    for (int i = size - 1; i >= 0; i--) {
      double g = gradient[i];
      double v = value[i];
      switch (operation[i]) {
        case ADD -> {
          gradient[left[i]] += g;
          gradient[right[i]] += g;
        }
        case MULTIPLY -> {
          gradient[left[i]] += g * value[right[i]];
          gradient[right[i]] += g * value[left[i]];
        }
        case SIGMOID -> gradient[left[i]] += g * v * (1 - v);
        case TANH -> gradient[left[i]] += g * (1 - v * v);
        case RELU -> gradient[left[i]] += v > 0 ? g : 0;
        case ONE_MINUS -> gradient[left[i]] -= g;
        default -> {}
      }
    }
  }
}
