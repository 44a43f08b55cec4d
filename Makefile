# What can be done with this checkout? `make` lists it. Every target first makes sure that the machine
# has what it needs, and says how to install what it lacks.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
# Targets share Cargo's, Maven's and the virtual environments' directories: one after the other.
.NOTPARALLEL:

# A fresh Rust is on PATH only after the next login.
export PATH := $(PATH):$(HOME)/.cargo/bin
# Another interpreter: make run PYTHON=/path/to/python. Default: the first that will do.
export PYTHON
# Subtasks of the Flink jobs that `make run` (default: 1) and `make run-recommender` (2) run.
export PARALLELISM

NEED := scripts/prerequisites
SHELL_SCRIPTS := $(shell grep -lE '^\#!.*\b(ba)?sh$$' scripts/* examples/*/* examples/*/*/start .ci/run 2>/dev/null)

##@ Use

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^##@ /{ printf "%s\n", substr($$0, 5) } \
	  /^[a-z-]+:.*## /{ printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "PYTHON=/path/to/python takes another interpreter, PARALLELISM=2 runs the job in two subtasks."

.PHONY: build
build: ## build natives and jars, and install them in the local Maven repository
	@$(NEED) jdk maven rust cc
	mvn -f jvm install -Dmaven.test.skip=true

.PHONY: run
run: ## score real flights in a Flink job with a scikit-learn model, and check each score
	@$(NEED) jdk maven rust cc python
	@echo "==> Building natives and jar"
	@mvn --quiet -f jvm -pl naja -am install -Dmaven.test.skip=true
	@scripts/venv .venv examples/flights/python/requirements.txt "$$(scripts/find-python)"
	@examples/flights/run "$(CURDIR)/.venv/bin/python"

.PHONY: hello
hello: ## run the ten-line example
	@$(NEED) jdk maven rust cc python
	@mvn --quiet -f jvm -pl naja -am install -Dmaven.test.skip=true
	@NAJA_PYTHON="$$(scripts/find-python)"; export NAJA_PYTHON; \
	  cd examples/hello; mvn --quiet compile exec:java

.PHONY: callbacks
callbacks: ## run the example of a Python model that uses its Java host
	@$(NEED) jdk maven rust cc python
	@mvn --quiet -f jvm -pl naja -am install -Dmaven.test.skip=true
	@NAJA_PYTHON="$$(scripts/find-python)"; export NAJA_PYTHON; \
	  cd examples/callbacks; mvn --quiet compile exec:java

.PHONY: vectors
vectors: ## search a million vectors in memory that Java and NumPy share, and time the ways there
	@$(NEED) jdk maven rust cc python
	@mvn --quiet -f jvm -pl naja -am install -Dmaven.test.skip=true
	@scripts/venv .venv-vectors examples/vectors/requirements.txt "$$(scripts/find-python)"
	@NAJA_PYTHON="$(CURDIR)/.venv-vectors/bin/python"; export NAJA_PYTHON; \
	  cd examples/vectors; mvn --quiet compile exec:java

.PHONY: torch-or-onnx
torch-or-onnx: ## train a small network and score rows by ONNX Runtime in batches
	@$(NEED) jdk maven rust cc python
	@mvn --quiet -f jvm -pl naja -am install -Dmaven.test.skip=true
	@scripts/venv .venv-onnx examples/torch-or-onnx/requirements.txt "$$(scripts/find-python)"
	@NAJA_PYTHON="$(CURDIR)/.venv-onnx/bin/python"; export NAJA_PYTHON; \
	  cd examples/torch-or-onnx; mvn --quiet compile exec:java

.PHONY: run-recommender
run-recommender: ## run a recommender's pipeline on Flink, each step checked; KAFKA=1 through Kafka
	@$(NEED) jdk maven rust cc python
	@echo "==> Building natives and jars"
	@mvn --quiet -f jvm -pl naja,naja-flink -am install -Dmaven.test.skip=true
	@scripts/venv .venv-recommender examples/recommender/python/requirements.txt \
	  "$$(scripts/find-python)"
	@examples/recommender/run "$(CURDIR)/.venv-recommender/bin/python"

##@ Develop

.PHONY: test
test: ## run every test of every language
	@$(NEED) jdk17 maven rust cc python
	cargo test --workspace --locked
	@scripts/venv .venv-test tests/requirements.txt "$$(scripts/find-python)"
	mvn -f jvm install -Dnaja.flink.python="$(CURDIR)/.venv-test/bin/python"
	.venv-test/bin/python -m pytest python
	.venv-test/bin/python -m pytest tests --numprocesses 2 --dist worksteal

.PHONY: test-full
test-full: export NAJA_TEST_FULL = 1
test-full: test hello callbacks vectors torch-or-onnx run run-recommender ## the same on every JDK with more repetitions, and the examples

.PHONY: bench
bench: ## measure beside PEMJA, Jep and the floor; writes docs/benchmarks.md (over 50 minutes)
	@$(NEED) jdk17 maven rust cc python
	scripts/bench

.PHONY: bench-quick
bench-quick: ## the same with few iterations; writes to target/bench (5 minutes)
	@$(NEED) jdk17 maven rust cc python
	scripts/bench --quick

.PHONY: lint
lint: ## check formats, lints and Javadoc
	@$(NEED) jdk17 maven rust rust-lint cc python
	@scripts/venv .venv-lint scripts/lint-requirements.txt "$$(scripts/find-python)"
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	mvn --quiet -f jvm spotless:check test-compile -Dmaven.compiler.failOnWarning
	scripts/check-java-format examples tests/flink tests/java tests/module tests/plugin tests/segments
	mvn --quiet -f jvm -pl naja,naja-arrow,naja-flink,naja-pemja compile javadoc:javadoc -Ddoclint=all -Dmaven.javadoc.failOnWarnings
	.venv-lint/bin/ruff check
	.venv-lint/bin/ruff format --check
	.venv-lint/bin/shellcheck $(SHELL_SCRIPTS)
	.venv-lint/bin/hadolint examples/deployment/Dockerfile
	.venv-lint/bin/yamllint --strict -c examples/deployment/.yamllint examples/deployment

.PHONY: package
package: ## write the jars with natives, sources and Javadoc to target/package
	@$(NEED) jdk maven rust cc
	mvn -f jvm -pl naja,naja-arrow,naja-flink,naja-pemja,flink-sql-naja -am package source:jar javadoc:jar -Dmaven.test.skip=true
	mkdir -p target/package
	cp jvm/naja/target/naja-*.jar jvm/naja-{arrow,flink,pemja}/target/naja-*.jar jvm/flink-sql-naja/target/flink-sql-naja-*.jar \
	  target/package/
	@ls -l target/package

.PHONY: clean
clean: ## remove whatever the targets made, virtual environments included
	rm -rf target jvm/target jvm/*/target examples/*/target
	rm -rf .venv .venv-* .bench-venv .flink-venv .ruff_cache .pytest_cache
