# Everything a newcomer, a developer and CI call. `make` alone explains each.
.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench requirements lock format lint all-tests
bin := .venv/bin
quick := not slow and not postgresql and not browser
# What is written most: rules, understanding, storage, the roads. Whole installations and conversations are for `make test`.
near := tests/domain tests/understanding tests/storage tests/channels tests/sheets tests/web tests/test_house.py
# Some images forbid Python to keep what it compiled; then every process of every test compiles the house anew.
unexport PYTHONDONTWRITEBYTECODE

help:
	@echo '写实 · 可用的命令：'
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/\1 \2/p' Makefile | while read -r name says; do \
		printf '  make %-13s %s\n' "$$name" "$$says"; done

setup: ## 安装所需的一切到 .venv（第一次一两分钟，之后立刻结束）
	@deploy/bootstrap/setup

demo: setup ## 在本机看一看：启动示例学校和网页手机，打印一个网址，Ctrl-C 结束
	@$(bin)/xieshi demo

check: lint ## 一分钟内的检查：格式、类型、依赖方向，规则、听懂、存储的快速测试
	$(bin)/python -m pytest -n auto -m '$(quick)' $(near)

test: lint all-tests ## 全部检查和测试；本机缺少的程序会在最后说明

bench: setup ## 量一量速度，打印一张表
	@$(bin)/python -m tests.bench

requirements: setup ## 列出每条要求（R-nnn）由哪些测试证明
	@$(bin)/python -m tests.requirements

format: setup ## 按统一格式整理代码
	$(bin)/ruff check --fix
	$(bin)/ruff format

lock: setup ## 按 pyproject.toml 重新生成 requirements.lock
	@deploy/bootstrap/lock

lint: setup
	$(bin)/ruff check
	$(bin)/ruff format --check
	$(bin)/mypy
	$(bin)/lint-imports

all-tests: setup
	$(bin)/python -m pytest -n auto
