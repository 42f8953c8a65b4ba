"""277, claim status answers. Source: X12 005010X212, facts only."""

BLOCKS = {
    "claim": """
TRN R1 R=2 R
STC R* R(R R S S=RX) R N S S S N S S S(R R S S=RX)x2
REF S1 R=1K R
REF S1 R=BLT R
REF S1 R=EJ R
REF S1 R=XZ R
REF S1 R=VV R
REF S1 R=D9 R
DTP S1 R=472 R=D8,RD8 R
""",
    "line": """
SVC R1 R(R=AD,ER,HC,HP,IV,N4,NU,WK R S S S S) R R S N2 S
STC R* R(R R S S=RX) R N7 S(R R S S=RX)x2
REF S1 R=FJ R
DTP R1 R=472 R=D8,RD8 R
""",
}

GUIDE = """\
ST R1 R=277 R R
BHT R1 R=0010 R=08 R R R R=DG
loop 2000A R*
  HL R1 R N R=20 R=1
  loop 2100A R1
    NM1 R1 R=PR R=2 R N4 R=PI,XV R
    PER S1 R=IC S R=ED,EM,FX,TE R S=ED,EM,EX,FX,TE S S=ED,EM,EX,FX,TE S
  loop 2000B R*
    HL R1 R R R=21 R=0,1
    loop 2100B R1
      NM1 R1 R=41 R=1,2 S S S N2 R=46 R
    loop 2200B S1
      TRN R1 R=2 R
      STC R* R(R R S) R N7 S(R R S)x2
    loop 2000C S*
      HL R1 R R R=19 R=0,1
      loop 2100C R2
        NM1 R1 R=1P R=1,2 S S S N S R=FI,SV,XX R
      loop 2200C S1
        TRN R1 R=1 R
        STC R* R(R R S) R N7 S(R R S)x2
      loop 2000D S*
        HL R1 R R R=22 R=0,1
        loop 2100D R1
          NM1 R1 R=IL R=1,2 R S S N S R=24,II,MI R
        loop 2200D S*
          use claim
          loop 2220D S*
            use line
        loop 2000E S*
          HL R1 R R R=23 N
          loop 2100E R1
            NM1 R1 R=QC R=1 R S S N S
          loop 2200E R*
            use claim
            loop 2220E S*
              use line
SE R1 R R
"""
