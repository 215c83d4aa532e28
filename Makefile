# Thin aliases; everything is in ./gangseo.
.PHONY: run test fast bench down doctor
run test bench down doctor:
	./gangseo $@
fast:
	./gangseo test --fast
