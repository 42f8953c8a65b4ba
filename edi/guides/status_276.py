"""276, claim status questions. Source: X12 005010X212, facts only."""

BLOCKS = {
    "claim": """
TRN R1 R=1 R
REF S1 R=1K R
REF S1 R=BLT R
REF S1 R=LU R
REF S1 R=6P R
REF S1 R=EJ R
REF S1 R=XZ R
REF S1 R=D9 R
AMT S1 R=T3 R
DTP S1 R=472 R=D8,RD8 R
""",
    "line": """
SVC R1 R(R=AD,ER,HC,HP,IV,N4,NU,WK R S S S S) R N S N2 R
REF S1 R=FJ R
DTP R1 R=472 R=D8,RD8 R
""",
}

GUIDE = """\
ST R1 R=276 R R
BHT R1 R=0010 R=13 R R R
loop 2000A R*
  HL R1 R N R=20 R=1
  loop 2100A R1
    NM1 R1 R=PR R=2 R N4 R=PI,XV R
  loop 2000B R*
    HL R1 R R R=21 R=1
    loop 2100B R1
      NM1 R1 R=41 R=1,2 S S S N2 R=46 R
    loop 2000C R*
      HL R1 R R R=19 R=1
      loop 2100C R2
        NM1 R1 R=1P R=1,2 S S S N S R=FI,SV,XX R
      loop 2000D R*
        HL R1 R R R=22 R=0,1
        DMG S1 R=D8 R S=F,M,U
        loop 2100D R1
          NM1 R1 R=IL R=1,2 R S S N S R=24,II,MI R
        loop 2200D S*
          use claim
          loop 2210D S*
            use line
        loop 2000E S*
          HL R1 R R R=23 N
          DMG R1 R=D8 R S=F,M,U
          loop 2100E R1
            NM1 R1 R=QC R=1 R S S N S
          loop 2200E R*
            use claim
            loop 2210E S*
              use line
SE R1 R R
"""
