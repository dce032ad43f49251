"""The ordeal: a busy shop whose server is killed, whose disk fills, whose database restarts, and
which must lose nothing and repeat nothing. In come how long, how hard and where; out comes what
was found in the log, beside what buyers, agents and the platform know."""
